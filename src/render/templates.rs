//! The templates: built into the program, and any of them replaced by the region's own. It reads no
//! files; [`crate::commands`] hand in what lies in the folder given by `--templates`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::{AutoEscape, Environment};

use crate::render::{FORMATS, Format, SHARED, auto_escape, environment};

/// Lists the built-in templates once; the text of each is compiled in.
macro_rules! built_in {
    ($($name:literal,)*) => {
        /// Names below `report-templates/` with their texts.
        pub static BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../report-templates/", $name))),)*];
    };
}

built_in! {
    "akcni-plan/docx/docProps/core.xml",
    "akcni-plan/docx/word/document.xml",
    "akcni-plan/docx/word/header1.xml",
    "akcni-plan/md/dokument.md",
    "akcni-plan/text.txt",
    "akcni-plan/xlsx/sesit.json",
    "dopis/adresati.txt",
    "dopis/docx/docProps/core.xml",
    "dopis/docx/word/document.xml",
    "dopis/docx/word/header1.xml",
    "dopis/md/dokument.md",
    "dopis/text.txt",
    "informace/docx/[Content_Types].xml",
    "informace/docx/_rels/package.rels",
    "informace/docx/docProps/app.xml",
    "informace/docx/docProps/core.xml",
    "informace/docx/sablony/gestori.xml",
    "informace/docx/sablony/k-projednani.xml",
    "informace/docx/sablony/makra.xml",
    "informace/docx/sablony/obsah.xml",
    "informace/docx/sablony/okruh.xml",
    "informace/docx/sablony/priloha.xml",
    "informace/docx/sablony/pripominky.xml",
    "informace/docx/sablony/rozhodnuti.xml",
    "informace/docx/sablony/rozhodnuto.xml",
    "informace/docx/sablony/shrnuti.xml",
    "informace/docx/word/_rels/document.xml.rels",
    "informace/docx/word/document.xml",
    "informace/docx/word/fontTable.xml",
    "informace/docx/word/footer1.xml",
    "informace/docx/word/footer2.xml",
    "informace/docx/word/header1.xml",
    "informace/docx/word/numbering.xml",
    "informace/docx/word/settings.xml",
    "informace/docx/word/styles.xml",
    "informace/duvod.txt",
    "informace/html/dokument.html",
    "informace/html/gestori.html",
    "informace/html/grafy/celek.svg",
    "informace/html/grafy/gestori.svg",
    "informace/html/grafy/mrizka.html",
    "informace/html/grafy/okruhy.svg",
    "informace/html/grafy/pruh.svg",
    "informace/html/grafy/terminy.svg",
    "informace/html/grafy/vyvoj-okruhu.svg",
    "informace/html/grafy/vyvoj.svg",
    "informace/html/grafy/zmeny.svg",
    "informace/html/hlava.html",
    "informace/html/k-projednani.html",
    "informace/html/makra.html",
    "informace/html/okruh.html",
    "informace/html/opatreni.html",
    "informace/html/priloha.html",
    "informace/html/pripominky.css",
    "informace/html/pripominky.html",
    "informace/html/rozhodnuti.html",
    "informace/html/rozhodnuto.html",
    "informace/html/shrnuti.html",
    "informace/html/skript.js",
    "informace/html/styl.css",
    "informace/html/vyvoj.css",
    "informace/md/dokument.md",
    "informace/md/makra.md",
    "informace/md/okruh.md",
    "informace/md/pripominky.md",
    "informace/md/rozhodnuti.md",
    "informace/md/rozhodnuto.md",
    "informace/slova.txt",
    "informace/veta-poctu.txt",
    "informace/veta-pripominek.txt",
    "informace/veta-vyctu.txt",
    "informace/veta-zverejneni.txt",
    "informace/vyrez.txt",
    "informace/vyvoj.txt",
    "informace/zmrazeni.txt",
    "pisemna-informace/docx/docProps/core.xml",
    "pisemna-informace/docx/word/document.xml",
    "pisemna-informace/docx/word/header1.xml",
    "pisemna-informace/html/dokument.html",
    "pisemna-informace/html/styl.css",
    "pisemna-informace/md/dokument.md",
    "pisemna-informace/udaje.txt",
    "srovnani/docx/docProps/core.xml",
    "srovnani/docx/word/document.xml",
    "srovnani/docx/word/header1.xml",
    "srovnani/html/dokument.html",
    "srovnani/html/grafy/obdobi.svg",
    "srovnani/html/grafy/okruhy.svg",
    "srovnani/html/styl.css",
    "srovnani/md/dokument.md",
    "srovnani/srovnani.txt",
    "upominka/adresati.txt",
    "upominka/docx/docProps/core.xml",
    "upominka/docx/word/document.xml",
    "upominka/docx/word/header1.xml",
    "upominka/md/dokument.md",
    "upominka/text.txt",
    "vyporadani-pripominek/docx/docProps/core.xml",
    "vyporadani-pripominek/docx/word/document.xml",
    "vyporadani-pripominek/docx/word/footer1.xml",
    "vyporadani-pripominek/docx/word/footer2.xml",
    "vyporadani-pripominek/docx/word/header1.xml",
    "vyporadani-pripominek/html/dokument.html",
    "vyporadani-pripominek/html/styl.css",
    "vyporadani-pripominek/md/dokument.md",
}

/// Within the folder of a document that goes to single bodies.
pub const ADDRESSEES: &str = "adresati.txt";

/// What [`ADDRESSEES`] puts before the code of a group that is meant, but has no address of its own.
pub const GROUP_MARK: &str = "! ";

/// Within the folder of a document that sets two periods side by side and cannot do without an
/// earlier one: what all its formats say in the same words.
pub const COMPARING: &str = "srovnani.txt";

/// What follows the name of a text that another template takes in, before the ending of that template.
const TAKEN_IN: &str = " as .";

/// The name under which a template takes in another one. A `.txt` is the same words for all formats, so what it
/// prints is escaped as in the template around it, whose ending its name gets.
pub(super) fn name_within<'n>(name: &'n str, parent: &str) -> Cow<'n, str> {
    match parent.rsplit_once('.') {
        Some((_, ending)) if name.ends_with(".txt") && !matches!(auto_escape(parent), AutoEscape::None) => {
            Cow::Owned(format!("{name}{TAKEN_IN}{ending}"))
        }
        _ => Cow::Borrowed(name),
    }
}

/// The name of a template in its folder, however it was taken in.
pub(super) fn own_name(name: &str) -> &str {
    name.split_once(TAKEN_IN).map_or(name, |(name, _)| name)
}

/// Whether a template of this name is words for all formats that another one took in.
pub(super) fn is_taken_in(name: &str) -> bool {
    own_name(name) != name
}

/// Texts of templates by name.
pub(super) type Sources = BTreeMap<Cow<'static, str>, Cow<'static, str>>;

/// A set of templates by name.
#[derive(Debug)]
pub struct Templates {
    templates: Arc<Sources>,
    environment: Environment<'static>,
}

impl Templates {
    /// The built-in templates, each replaced by the own one of the same name; own ones of other names
    /// are added, so that they can be included or make documents of their own.
    pub fn new(own: &[(String, String)]) -> Self {
        let built_in = BUILT_IN
            .iter()
            .filter(|(name, _)| own.iter().all(|(own_name, _)| own_name != name))
            .map(|&(name, text)| (Cow::Borrowed(name), Cow::Borrowed(text)));
        let own = own.iter().cloned().map(|(name, text)| (Cow::Owned(name), Cow::Owned(text)));
        let templates: Arc<Sources> = Arc::new(built_in.chain(own).collect());
        Self { environment: environment(Arc::clone(&templates)), templates }
    }

    /// Compiles what a document in these formats starts from and all templates that it names, which can be
    /// done while the data load. What cannot be compiled is told when it is rendered.
    pub fn compile(&self, document: &str, formats: &[&Format]) {
        let mut asked: Vec<String> = formats.iter().map(|format| self.full_name(document, format.entry)).collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = asked.pop() {
            if seen.contains(&name) {
                continue;
            }
            let Some(source) = self.templates.get(own_name(&name)) else { continue };
            let _ = self.environment.get_template(&name);
            // Whichever tag or function takes a name, it stands in quotation marks.
            let named = source.split('"').filter(|text| self.contains(text));
            asked.extend(named.map(|text| name_within(text, &name).into_owned()));
            seen.insert(name);
        }
    }

    /// What compiles and renders them.
    pub(super) fn environment(&self) -> &Environment<'static> {
        &self.environment
    }

    /// The name below `report-templates/` of a template that is named within the folder of a document:
    /// that of its own, or else the one that it takes over from `informace`.
    pub fn full_name(&self, document: &str, name: &str) -> String {
        let own = format!("{document}/{name}");
        if self.contains(&own) { own } else { format!("{SHARED}/{name}") }
    }

    /// The documents there are: the folders that have a template some format starts from.
    pub fn documents(&self) -> BTreeSet<&str> {
        self.iter()
            .filter_map(|(name, _)| name.split_once('/'))
            .filter(|(_, rest)| FORMATS.iter().any(|format| format.entry == *rest))
            .map(|(document, _)| document)
            .collect()
    }

    /// The formats a document can be had in.
    pub fn formats(&self, document: &str) -> Vec<&'static Format> {
        let has = |format: &Format| {
            self.iter().any(|(name, _)| {
                name.strip_prefix(document).and_then(|rest| rest.strip_prefix('/')) == Some(format.entry)
            })
        };
        FORMATS.iter().copied().filter(|format| has(format)).collect()
    }

    /// Whether a document goes to single bodies, one copy each: the lines of its template
    /// [`ADDRESSEES`] are their codes, those of groups behind [`GROUP_MARK`].
    pub fn is_addressed(&self, document: &str) -> bool {
        self.contains(&format!("{document}/{ADDRESSEES}"))
    }

    /// Whether a document needs an earlier period: it has the template [`COMPARING`].
    pub fn is_comparing(&self, document: &str) -> bool {
        self.contains(&format!("{document}/{COMPARING}"))
    }

    /// Whether a document shows the measures of the action plan: some template of its own goes through
    /// the groups that they stand in.
    pub fn is_plan(&self, document: &str) -> bool {
        self.iter().any(|(name, text)| {
            name.strip_prefix(document).is_some_and(|rest| rest.starts_with('/')) && text.contains("plan.skupiny")
        })
    }

    /// Whether people write into a document of this format: some column of its workbook is for that.
    pub fn is_for_filling_in(&self, document: &str, format: &Format) -> bool {
        let entry = format!("{document}/{}", format.entry);
        self.iter().any(|(name, text)| name == entry && text.contains("k_vyplneni"))
    }

    /// Whether there is a template of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    /// Whether any of them is the region's own.
    pub fn has_own(&self) -> bool {
        self.templates.keys().any(|name| matches!(name, Cow::Owned(_)))
    }

    /// Names and texts, in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates.iter().map(|(name, text)| (name.as_ref(), text.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("report-templates");
        let found: BTreeSet<String> = ignore::WalkBuilder::new(&root)
            .build()
            .map(|entry| entry.expect("the folder can be read"))
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
            .map(|entry| entry.path().strip_prefix(&root).expect("it is below").to_string_lossy().replace('\\', "/"))
            .collect();
        let listed: BTreeSet<String> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(listed, found);
    }
}
