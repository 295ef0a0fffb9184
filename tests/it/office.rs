//! LibreOffice as the program in which an official fills a form in. `PLNENI_REQUIRE_OFFICE=1` makes
//! its absence a failure.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// What somebody types into a cell.
pub(crate) enum Typed<'a> {
    Text(&'a str),
    Number(f64),
}

/// A format that LibreOffice opens and saves: the name of its filter and the filter's options.
pub(crate) struct FileFormat {
    filter: &'static str,
    options: &'static str,
}

pub(crate) const XLSX: FileFormat = FileFormat { filter: "Calc MS Excel 2007 XML", options: "" };
/// CSV as the program writes it: semicolons, UTF-8.
pub(crate) const CSV: FileFormat = FileFormat {
    filter: "Text - txt - csv (StarCalc)",
    options: "59,34,76,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2/8/2/9/2/10/2/11/2/12/2",
};
/// CSV as Czech Excel saves it: semicolons, quotes where needed, windows-1250.
pub(crate) const CSV_1250: FileFormat = FileFormat { filter: "Text - txt - csv (StarCalc)", options: "59,34,33,1" };

/// Whether these programs are there; where they must be and one is not, the test fails.
pub(crate) fn are_there(programs: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = |program: &&str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    let missing: Vec<&str> = programs.iter().copied().filter(|program| !is_there(program)).collect();
    if !missing.is_empty() {
        let is_required = std::env::var_os("PLNENI_REQUIRE_OFFICE").is_some_and(|value| value == "1");
        assert!(!is_required, "not installed: {}", missing.join(", "));
        eprintln!("přeskočeno, není nainstalováno: {}", missing.join(", "));
    }
    missing.is_empty()
}

/// Opens `form`, types into cells of its first sheet and saves it as `filled`.
pub(crate) fn fill(
    (form, opened): (&Path, &FileFormat),
    typed: &[(String, Typed<'_>)],
    (filled, saved): (&Path, &FileFormat),
) {
    let profile = TempDir::new().expect("a temporary folder can be made");
    let soffice = |argument: &str| {
        let mut command = Command::new("soffice");
        command.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
        command.args(["--headless", "--norestore", argument]).output().expect("soffice runs")
    };
    // The first start makes the profile, whose module is then replaced by ours.
    soffice("--terminate_after_init");
    let module = profile.path().join("user/basic/Standard/Module1.xba");
    fs::write(module, basic((form, opened), typed, (filled, saved))).expect("the module can be written");
    let output = soffice("macro:///Standard.Module1.Fill");
    assert!(filled.is_file(), "soffice wrote nothing: {}", String::from_utf8_lossy(&output.stderr));
}

fn basic(
    (form, opened): (&Path, &FileFormat),
    typed: &[(String, Typed<'_>)],
    (filled, saved): (&Path, &FileFormat),
) -> String {
    let cells: String = typed
        .iter()
        .map(|(address, typed)| match typed {
            Typed::Text(text) => format!("  PutText(page, {}, {})\n", quoted(address), quoted(text)),
            Typed::Number(number) => format!("  page.getCellRangeByName({}).Value = {number}\n", quoted(address)),
        })
        .collect();
    let code = format!(
        "Sub Fill()\n\
         \x20 On Error GoTo Failed\n\
         \x20 Dim opened(2) As New com.sun.star.beans.PropertyValue\n\
         \x20 opened(0).Name = \"Hidden\" : opened(0).Value = True\n\
         \x20 opened(1).Name = \"FilterName\" : opened(1).Value = {}\n\
         \x20 opened(2).Name = \"FilterOptions\" : opened(2).Value = {}\n\
         \x20 book = StarDesktop.loadComponentFromURL(ConvertToURL({}), \"_blank\", 0, opened())\n\
         \x20 page = book.Sheets.getByIndex(0)\n\
         {cells}\
         \x20 Dim saved(1) As New com.sun.star.beans.PropertyValue\n\
         \x20 saved(0).Name = \"FilterName\" : saved(0).Value = {}\n\
         \x20 saved(1).Name = \"FilterOptions\" : saved(1).Value = {}\n\
         \x20 book.storeToURL(ConvertToURL({}), saved())\n\
         \x20 book.close(True)\n\
         Failed:\n\
         End Sub\n\
         Sub PutText(page, address As String, text As String)\n\
         \x20 page.getCellRangeByName(address).String = text\n\
         End Sub\n",
        quoted(opened.filter),
        quoted(opened.options),
        quoted(&form.to_string_lossy()),
        quoted(saved.filter),
        quoted(saved.options),
        quoted(&filled.to_string_lossy()),
    );
    let escaped = code.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE script:module PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n\
         <script:module xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Module1\" \
         script:language=\"StarBasic\">\n{escaped}</script:module>\n"
    )
}

/// A text as Basic writes it; its lines cannot hold line breaks.
fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| format!("\"{}\"", line.replace('"', "\"\""))).collect();
    lines.join(" & Chr(10) & ")
}
