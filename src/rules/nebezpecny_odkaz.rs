//! A link in a comment or reason that does not lead to the web or to a mail address, or an image.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use crate::diagnostic::{Diagnostic, Severity};
use crate::markup::is_safe_url;
use crate::model::{MeasureId, one_line};
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nebezpecny-odkaz",
    severity: Severity::Error,
    title: "Odkaz nevede na web ani na e-mail, nebo je to obrázek",
    explanation: "Odkaz v komentáři, připomínce, důvodu či textu zprávy smí vést jen na adresu https://, http:// nebo mailto:. Jiný by ve zveřejněné zprávě nefungoval (soubor na disku, adresa bez https://), nebo by spustil cizí kód. Obrázky se do zprávy nevkládají.",
    example: "komentar: Viz [metodika](metodika.pdf).",
    mend: "Napište celou adresu včetně https://; obrázek nahraďte odkazem nebo popisem.",
    checks: &[Check::Text(check)],
};

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    // Every image and link has one of these marks, most comments have neither.
    if memchr::memchr2(b'[', b'<', text.value.as_bytes()).is_none() {
        return;
    }
    let aligned = facts.files.aligned(text);
    // A name alone in brackets never becomes a link: „[1]“ is a footnote, also where „[1]: Zákon“ stands below.
    for (event, range) in Parser::new_ext(&text.value, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                diagnostics.push(image(aligned.place(range), whereabouts, &dest_url, measure));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. })
                if !matches!(link_type, LinkType::Email | LinkType::Shortcut) && !is_safe_url(&dest_url) =>
            {
                let place = aligned.place(part_of(&text.value, range, &dest_url));
                diagnostics.push(link(place, whereabouts, &dest_url, measure));
            }
            _ => {}
        }
    }
}

fn image(place: Place, whereabouts: &str, address: &str, measure: Option<MeasureId>) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("{whereabouts} je obrázek „{}“", one_line(address)))
        .about(measure)
        .help("obrázky se do zprávy nevkládají; nahraďte ho odkazem nebo popisem")
}

fn link(place: Place, whereabouts: &str, address: &str, measure: Option<MeasureId>) -> Diagnostic {
    let message = match one_line(address) {
        address if address.is_empty() => format!("{whereabouts} je odkaz bez adresy"),
        address => format!("{whereabouts} vede odkaz „{address}“ jinam než na web nebo e-mail"),
    };
    let help = if address.starts_with("www.") {
        format!("napište „https://{address}“")
    } else {
        "adresa musí začínat https://, http:// nebo mailto:".to_owned()
    };
    Diagnostic::new(&RULE, place, message).about(measure).help(help)
}

/// The address within a link, or the whole link where it is written in another way.
fn part_of(markdown: &str, link: Range<usize>, address: &str) -> Range<usize> {
    let written = markdown.get(link.clone()).unwrap_or_default();
    match written.rfind(address).filter(|_| !address.is_empty()) {
        Some(at) => link.start + at..link.start + at + address.len(),
        None => link,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, findings, marked};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_link_elsewhere_is_found_at_its_address() {
        for (comment, column, address) in [
            ("Viz [x](javascript:alert(1)).", 23, "javascript:alert(1)"),
            ("Viz [x](JaVaScRiPt:1).", 23, "JaVaScRiPt:1"),
            ("Viz [x](metodika.pdf \"Název\").", 23, "metodika.pdf"),
            ("Viz [x](//x.cz/y).", 23, "//x.cz/y"),
            ("Viz [x](#kotva).", 23, "#kotva"),
            ("Viz [x](data:text/html,y).", 23, "data:text/html,y"),
            ("Viz [x](https:x.cz).", 23, "https:x.cz"),
            ("Viz [x](http://).", 23, "http://"),
            ("Viz <ftp://x.cz>.", 20, "ftp://x.cz"),
            ("Viz <javascript:1>.", 20, "javascript:1"),
            ("Viz <file:///C:/x>.", 20, "file:///C:/x"),
        ] {
            let expected =
                format!("{PATH}:5:{column}: v komentáři vede odkaz „{address}“ jinam než na web nebo e-mail");
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [expected], "{comment}");
            assert_eq!(marked(&RULE, &[(PATH, &commented(comment))]), [address]);
        }
    }

    #[test]
    fn an_address_written_with_blanks_or_entities_is_found_at_the_link() {
        for (comment, address) in [
            ("Viz [x](java&#x73;cript:1).", "javascript:1"),
            ("Viz [x](&#32;javascript:1).", "javascript:1"),
            ("Viz [x](java&Tab;script:1).", "java script:1"),
            ("Viz [x](https&#58;x).", "https:x"),
        ] {
            let expected = format!("{PATH}:5:19: v komentáři vede odkaz „{address}“ jinam než na web nebo e-mail");
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [expected], "{comment}");
        }
    }

    #[test]
    fn a_reference_is_found_where_it_is_used() {
        let text = commented("|\n      Viz [metodika][m].\n\n      [m]: vbscript:x\n");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:6:11: v komentáři vede odkaz „vbscript:x“ jinam než na web nebo e-mail"]
        );
    }

    #[test]
    fn a_link_without_an_address_is_found() {
        assert_eq!(
            findings(&RULE, &[(PATH, &commented("Viz [x]()."))]),
            ["obdobi/2023/podklady/osv.yaml:5:19: v komentáři je odkaz bez adresy"]
        );
    }

    #[test]
    fn every_image_is_found_even_one_from_the_web() {
        assert_eq!(
            findings(&RULE, &[(PATH, &commented("Graf ![popis](https://x.cz/y.png)."))]),
            ["obdobi/2023/podklady/osv.yaml:5:20: v komentáři je obrázek „https://x.cz/y.png“"]
        );
    }

    #[test]
    fn reasons_of_decisions_are_looked_into() {
        let decision = "vyhodnoceni:\n  - opatreni: I/1\n    stav: PLNĚNO\n    duvod: Viz [web](www.x.cz).\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", decision)]),
            [
                "obdobi/2023/vyhodnoceni.yaml:4:22: v důvodu rozhodnutí vede odkaz „www.x.cz“ jinam než na web nebo e-mail"
            ]
        );
    }

    #[test]
    fn web_mail_and_what_is_no_link_are_not_found() {
        for comment in [
            "Viz [x](https://x.cz/a?b=c#d).",
            "Viz [x](HTTP://x.cz).",
            "Viz [x](mailto:osv@kraj-lbc.cz).",
            "Viz <https://x.cz>.",
            "Viz <osv@kraj-lbc.cz>.",
            "Viz https://x.cz a ftp://x.cz.",
            "Viz `[x](javascript:1)`.",
            "Viz IX/2 [1] (javascript:1).",
            "|\n      Viz [1].\n\n      [1]: Vyhláška\n",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [""; 0], "{comment}");
        }
    }
}
