//! A status that is none of the four.

use std::collections::BTreeMap;

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Status, StatusWording, one_line, status_called};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-stav",
    severity: Severity::Error,
    title: "Neznámý stav plnění",
    explanation: "Stavy jsou čtyři: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ a NEPLNĚNO. Na velikosti písmen nezáleží. Kraj, který je ve zprávě nazývá jinak, píše v datech a ve formulářích také tato slova.",
    example: "stav: částečne",
    mend: "Napište jeden ze čtyř stavů.",
    checks: &[],
};

/// What is longer was not meant as a status, in characters.
const LONGEST_STATUS: usize = 60;

/// A text that is no status; the strategy may call one so.
pub fn finding(text: &Text, statuses: &BTreeMap<Status, StatusWording>) -> Diagnostic {
    let mut written = one_line(&text.value);
    let is_comment = written.chars().count() > LONGEST_STATUS;
    if is_comment {
        written = format!("{}…", written.chars().take(LONGEST_STATUS).collect::<String>());
    }
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("neznámý stav „{written}“"));
    if let Some(status) = status_called(statuses, &text.value) {
        let help = format!("tak se stav jmenuje ve zprávě; v datech se píše {status}");
        return diagnostic.help(help).replace_with(status.code());
    }
    match nearest(&text.value, Status::ALL.map(Status::code)) {
        Some(status) => diagnostic.help(format!("nemysleli jste {status}?")).replace_with(status),
        None if is_comment => diagnostic.help("vypadá to jako komentář; není komentář na místě stavu a stav jinde?"),
        None => diagnostic.help("napište SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_misspelled_status_is_found_and_mended() {
        let text = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika", "částečne\n    komentar: Metodika");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["obdobi/2023/podklady/osv.yaml:4:11: neznámý stav „částečne“"]);
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["    stav: ČÁSTEČNĚ"]);
    }

    #[test]
    fn a_name_of_the_strategys_own_is_told_by_its_code() {
        let strategy = edited("strategie.yaml", "nazev: PLNĚNO", "nazev: Probíhá");
        let text = edited(PATH, "stav: PLNĚNO\n    komentar: Konaly", "stav: PROBÍHÁ\n    komentar: Konaly");
        let changes = [("strategie.yaml", strategy.as_str()), (PATH, text.as_str())];
        assert_eq!(findings(&RULE, &changes), ["obdobi/2023/podklady/osv.yaml:7:11: neznámý stav „PROBÍHÁ“"]);
        assert_eq!(helps(&RULE, &changes), ["tak se stav jmenuje ve zprávě; v datech se píše PLNĚNO"]);
        assert_eq!(mended(&RULE, &changes), ["    stav: PLNĚNO"]);
    }

    #[test]
    fn a_comment_in_the_place_of_a_status_is_found_and_shortened() {
        let csv = "opatreni,stav\nII/1,Metodika je rozpracovaná a do konce roku ji projedná pracovní skupina.\n";
        let changes = [("obdobi/2023/podklady/oz.csv", csv)];
        assert_eq!(
            findings(&RULE, &changes),
            [
                "obdobi/2023/podklady/oz.csv:2:6: neznámý stav „Metodika je rozpracovaná a do konce roku ji projedná pracovn…“"
            ]
        );
        assert_eq!(helps(&RULE, &changes), ["vypadá to jako komentář; není komentář na místě stavu a stav jinde?"]);
        let sixty = "Metodika je rozpracovaná a do konce roku ji projedná skupina";
        let text = format!("opatreni,stav\nII/1,{sixty}\n");
        let changes = [("obdobi/2023/podklady/oz.csv", text.as_str())];
        let expected = format!("obdobi/2023/podklady/oz.csv:2:6: neznámý stav „{sixty}“");
        assert_eq!(findings(&RULE, &changes), [expected]);
        assert_eq!(helps(&RULE, &changes), ["napište SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO"]);
    }

    #[test]
    fn statuses_of_criteria_and_decisions_are_looked_into() {
        let text = edited(PATH, "hodnota: 80, stav: PLNĚNO", "hodnota: 80, stav: plní se");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["obdobi/2023/podklady/osv.yaml:11:57: neznámý stav „plní se“"]);
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: hotovo, duvod: Ano.}\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", decision)]),
            ["obdobi/2023/vyhodnoceni.yaml:2:27: neznámý stav „hotovo“"]
        );
    }

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika", "Částečně  plněno\n    komentar: Metodika");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
