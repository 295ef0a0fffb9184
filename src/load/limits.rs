//! How much is read and shown, in one place. What is far above anything that people write is an attack
//! or a slip, and is refused before it takes memory or time. It never reads a file.
//!
//! Who has so much can raise what depends on how much there is. Nesting does not: the data have as
//! many levels as their keys, however many files there are.

/// How much is read of a folder, unless the command line says otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The largest text, in megabytes (`--limit-file-mb`); the largest real one has 30 kB.
    pub file_mb: u64,
    /// How many files there may be (`--limit-files`); the real data have some forty.
    pub n_files: usize,
    /// How many megabytes all files may have together (`--limit-total-mb`).
    pub total_mb: u64,
}

impl Reading {
    /// What is far above anything that a region has.
    pub const USUAL: Self = Self { file_mb: 8, n_files: 20_000, total_mb: 1024 };
}

/// The largest file of evidence; nothing of it but its digest is kept.
pub const EVIDENCE_MB: u64 = 64;

/// The largest filled form; a real one has tens of kilobytes, so no option raises it.
pub const FORM_MB: u64 = 16;

/// How deep values of YAML may be nested; the data need four levels.
pub const YAML_NESTING: usize = 24;

/// How deep lists, quotes and emphasis may be nested in a comment. What is deeper stays, without them.
pub const MARKDOWN_NESTING: usize = 32;

/// How many findings are shown in full; nobody reads more, and all are in the other formats.
pub const SHOWN_FINDINGS: usize = 500;

/// How large what one template writes may be, unless `--limit-document-mb` says otherwise.
pub const DOCUMENT_MB: usize = 64;

/// How much memory may be taken while templates are rendered; ours take a few megabytes and 50 kB for
/// each measure.
pub const RENDERING_MB: usize = 1024;

/// And how much for each measure on top.
pub const RENDERING_KB_FOR_A_MEASURE: usize = 128;

/// How long one expression or tag of a template may be, in bytes; the longest of ours has 700. The
/// compiler of templates goes as deep as an expression is long.
pub const TEMPLATE_TAG: usize = 2_000;

/// So many megabytes in bytes.
pub const fn bytes(megabytes: u64) -> u64 {
    megabytes.saturating_mul(1024 * 1024)
}
