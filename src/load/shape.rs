//! Which keys each YAML file may have, once and for all: the loader checks files against these
//! tables, and the JSON Schemas that describe the files to editors are made from them too.

mod check;
mod parts;

pub use check::check;

use crate::model::open_data::{FREQUENCIES, TERRITORIES, THEMES};

/// A kind of YAML file.
#[derive(Debug)]
pub struct FileKind {
    /// Its name, also that of its schema: `podklady` in `podklady.schema.json`.
    pub name: &'static str,
    /// Where such files lie below the data folder.
    pub path: &'static str,
    /// What it holds, in Czech.
    pub title: &'static str,
    /// Its keys.
    pub shape: &'static Shape,
}

/// All kinds of YAML files, in the order in which the README tells of them.
pub static FILE_KINDS: [FileKind; 9] = [
    FileKind { name: "strategie", path: "strategie.yaml", title: "Strategie", shape: &STRATEGY },
    FileKind { name: "subjekty", path: "subjekty.yaml", title: "Rejstřík subjektů", shape: &BODIES },
    FileKind { name: "prijato", path: "prijato.yaml", title: "Přijaté nálezy", shape: &ACCEPTED },
    FileKind { name: "opatreni", path: "opatreni/*.yaml", title: "Okruh a jeho opatření", shape: &AREA },
    FileKind { name: "obdobi", path: "obdobi/*/obdobi.yaml", title: "Sledované období", shape: &PERIOD },
    FileKind { name: "podklady", path: "obdobi/*/podklady/*.yaml", title: "Podklady subjektu", shape: &SUBMISSIONS },
    FileKind {
        name: "vyhodnoceni",
        path: "obdobi/*/vyhodnoceni.yaml",
        title: "Rozhodnutí koordinátora",
        shape: &DECISIONS,
    },
    FileKind { name: "zmrazeni", path: "obdobi/*/zmrazeni.yaml", title: "Zmrazené období", shape: &FREEZE },
    FileKind {
        name: "pripominky",
        path: "obdobi/*/pripominky.yaml",
        title: "Připomínky a jejich vypořádání",
        shape: &COMMENTS,
    },
];

/// What a value must look like. The loader asks here only whether it is a scalar, a list or a
/// mapping; whether a scalar can be understood is for [`crate::model::build()`] to say, and for a
/// schema to foretell.
#[derive(Debug)]
pub enum Shape {
    /// Text on one or more lines.
    Text,
    /// A whole number from 0.
    Integer,
    /// A number as people type it.
    Number,
    /// A date as `2023-12-31`.
    Date,
    /// A year of four digits.
    Year,
    /// One of the four statuses.
    Status,
    /// When a measure is to be fulfilled.
    Deadline,
    /// A measure as `IX/2`.
    MeasureId,
    /// The number of an area, in Roman numerals.
    AreaNumber,
    /// How a criterion is answered.
    CriterionKind,
    /// What happened to a measure.
    ChangeKind,
    /// A web address: `https://example.cz/`.
    WebAddress,
    /// One to which paths are added.
    WebFolder,
    /// One that begins with this address and goes on: an item of somebody's list.
    WebAddressBelow(&'static str),
    /// An e-mail address.
    Email,
    /// How a comment was settled.
    Resolution,
    /// A section of the report.
    Section,
    /// Either one text or a list of texts.
    TextOrList,
    /// A list of equal items.
    List(&'static Shape),
    /// A mapping with these keys.
    Map(&'static [Key]),
}

impl Shape {
    /// Whether it is one scalar, of whatever meaning.
    fn is_scalar(&self) -> bool {
        !matches!(self, Self::TextOrList | Self::List(_) | Self::Map(_))
    }
}

/// One key of a mapping.
#[derive(Debug)]
pub struct Key {
    /// Its name, in Czech without diacritics.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What its value must look like.
    pub shape: Shape,
    /// What it means, in Czech, for people and editors.
    pub description: &'static str,
}

const fn required(name: &'static str, shape: Shape, description: &'static str) -> Key {
    Key { name, required: true, shape, description }
}

const fn optional(name: &'static str, shape: Shape, description: &'static str) -> Key {
    Key { name, required: false, shape, description }
}

/// `strategie.yaml`
pub static STRATEGY: Shape = Shape::Map(&[
    required("nazev", Shape::Text, "Úplný název strategie."),
    required("zkratka", Shape::Text, "Jak se o strategii mluví v textu zprávy."),
    optional(
        "ve_2_pade",
        Shape::Map(&GENITIVE),
        "Název a zkratka ve 2. pádě, jak mají stát za slovy „Informace o naplňování“. Chybí-li klíč, stojí tam v 1. pádě za slovem „dokumentu“; jen názvy, které začínají slovem jako Strategie, Koncepce nebo Vize, ho nepotřebují, protože 2. pád mají stejný.",
    ),
    required("kraj", Shape::Text, "Název kraje."),
    required("usneseni", Shape::Text, "Číslo usnesení, jímž byla strategie schválena."),
    required("schvaleno", Shape::Date, "Den schválení."),
    required("koordinator", Shape::Text, "Kód subjektu, který plnění koordinuje a vyhodnocuje."),
    required("stavy", Shape::List(&STATUS), "Čtyři stavy plnění a jejich vymezení, od SPLNĚNO k NEPLNĚNO."),
    optional("otevrena_data", Shape::Map(&OPEN_DATA), "Co o otevřených datech ví jen ten, kdo je zveřejňuje."),
    optional("dokumenty", Shape::List(&CODED), "Dokumenty, na které opatření navazují."),
    optional("zdroje_financovani", Shape::List(&CODED), "Zdroje, ze kterých se opatření platí."),
]);

static GENITIVE: [Key; 2] = [
    required("nazev", Shape::Text, "Úplný název ve 2. pádě, například „Plánu podpory rodin Podhorského kraje“."),
    required("zkratka", Shape::Text, "Zkratka ve 2. pádě, například „Plánu“."),
];

static OPEN_DATA: [Key; 9] = [
    required("adresa", Shape::WebFolder, "Webová adresa složky, ve které bude ke každému období složka podle roku."),
    required("poskytovatel", Shape::WebAddress, "Adresa (IRI) poskytovatele v Registru práv a povinností."),
    required("prvek_ruian", Shape::WebAddressBelow(TERRITORIES), "Adresa (IRI) kraje v RÚIAN."),
    required(
        "temata",
        Shape::List(&Shape::WebAddressBelow(THEMES)),
        "Adresy (IRI) témat z evropského číselníku data-theme.",
    ),
    required(
        "periodicita",
        Shape::WebAddressBelow(FREQUENCIES),
        "Adresa (IRI) periodicity aktualizace z evropského číselníku frequency.",
    ),
    required("klicova_slova", Shape::List(&Shape::Text), "Klíčová slova, podle kterých se data v katalogu najdou."),
    required("podminky_uziti", Shape::Map(&TERMS_OF_USE), "Podmínky užití, jak je stanovil poskytovatel."),
    optional("kontakt", Shape::Map(&CONTACT), "Kam psát o chybách v datech."),
    optional("dokumentace", Shape::WebAddress, "Webová stránka, která data popisuje."),
];

static TERMS_OF_USE: [Key; 5] = [
    required("autorske_dilo", Shape::WebAddress, "Licence autorských děl v datech, nebo že v nich žádná nejsou."),
    required("databaze", Shape::WebAddress, "Licence databáze jako autorského díla, nebo že jím není."),
    required(
        "zvlastni_prava",
        Shape::WebAddress,
        "Licence ke zvláštním právům pořizovatele databáze, nebo že žádná nejsou.",
    ),
    required("osobni_udaje", Shape::WebAddress, "Zda data obsahují osobní údaje."),
    optional("autor", Shape::Text, "Koho uvádět jako autora; vyžaduje to licence CC BY."),
];

static CONTACT: [Key; 2] =
    [required("jmeno", Shape::Text, "Název útvaru."), required("email", Shape::Email, "E-mailová adresa útvaru.")];

static STATUS: Shape = Shape::Map(&[
    required("stav", Shape::Status, "SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO."),
    required("nazev", Shape::Text, "Jak se stav jmenuje ve zprávě."),
    required("vymezeni", Shape::List(&Shape::Text), "Kdy opatření v tomto stavu je, po odrážkách."),
]);

static CODED: Shape = Shape::Map(&[
    required("kod", Shape::Text, "Zkratka, kterou opatření položku uvádějí."),
    required("nazev", Shape::Text, "Úplný název."),
]);

/// `subjekty.yaml`
pub static BODIES: Shape =
    Shape::Map(&[required("subjekty", Shape::List(&BODY), "Subjekty, které strategie jmenuje.")]);

static BODY: Shape = Shape::Map(&[
    required("kod", Shape::Text, "Zkratka, kterou se subjekt v datech označuje."),
    required("nazev", Shape::Text, "Úplný název."),
    required(
        "druh",
        Shape::Text,
        "Čím subjekt je: odbor, obec, ministerstvo … „skupina“ je víc subjektů pod jedním jménem (obce, NNO): podklady se od ní čekají, dopisy a upomínky se jí nepíšou.",
    ),
    optional("nadrizeny", Shape::Text, "Kód subjektu, jehož je součástí."),
    optional("aliasy", Shape::List(&Shape::Text), "Jak se subjekt ještě píše."),
]);

/// `prijato.yaml`
pub static ACCEPTED: Shape =
    Shape::Map(&[required("prijato", Shape::List(&ACCEPTANCE), "Nálezy kontroly, které koordinátor vzal na vědomí.")]);

static ACCEPTANCE: Shape = Shape::Map(&[
    required("nalez", Shape::Text, "Kód nálezu, jak ho vypisuje kontrola, například „bez-gestora“."),
    optional(
        "opatreni",
        Shape::TextOrList,
        "Kterých opatření se nález týká; bez klíče nález, který se žádného netýká.",
    ),
    optional("obdobi", Shape::Year, "Kterého období se nález týká; bez klíče nález v definicích."),
    required("duvod", Shape::Text, "Proč závada v datech zůstává; důvod je i v příloze zprávy."),
]);

/// `opatreni/*.yaml`
pub static AREA: Shape = Shape::Map(&[
    required("okruh", Shape::AreaNumber, "Číslo okruhu římsky."),
    required("nazev", Shape::Text, "Název okruhu."),
    optional("uvod", Shape::Text, "Úvodní věta okruhu."),
    required("opatreni", Shape::List(&MEASURE), "Opatření okruhu podle čísel."),
]);

static MEASURE: Shape = Shape::Map(&[
    required("cislo", Shape::Integer, "Číslo opatření v okruhu."),
    required("popis", Shape::Text, "Popis dílčí aktivity, úřední text."),
    optional("indikator", Shape::Text, "Indikátor plnění, úřední text vcelku."),
    optional("kriteria", Shape::List(&CRITERION), "Indikátor rozdělený na to, co lze posoudit jednotlivě."),
    required("termin", Shape::Deadline, "Termín plnění: „12/2024“, „průběžně do 12/2027“, nebo „po přijetí zákona“."),
    optional("odpovednost", Shape::TextOrList, "Kódy gestorů; „???“ znamená, že gestor dosud není znám."),
    optional("spoluprace", Shape::TextOrList, "Kódy spolupracujících subjektů."),
    optional("vazby", Shape::List(&Shape::Text), "Kódy dokumentů, na které opatření navazuje, například [SPRSS]."),
    optional("financovani", Shape::List(&Shape::Text), "Kódy zdrojů, ze kterých se opatření platí, například [IROP]."),
    optional("zmeny", Shape::List(&CHANGE), "Čím opatření prošlo od schválení strategie, po usneseních."),
]);

static CHANGE: Shape = Shape::Map(&[
    required("od", Shape::Year, "Období, od kterého změna platí: jeho poslední rok."),
    required(
        "druh",
        Shape::ChangeKind,
        "„vznik“, „zmena“ (popisu, indikátoru, termínu, odpovědnosti), „slouceni“ s jiným, „rozdeleni“ na jiná, nebo „zruseni“.",
    ),
    required("usneseni", Shape::Text, "Číslo usnesení, které o změně rozhodlo."),
    optional("opatreni", Shape::TextOrList, "S kterým se opatření sloučilo, na která se rozdělilo, z kterého vzniklo."),
    optional("popis", Shape::Text, "Co se změnilo a proč."),
]);

static CRITERION: Shape = Shape::Map(&[
    required("nazev", Shape::Text, "Název kritéria."),
    required("druh", Shape::CriterionKind, "„pocet“ (uvádí se číslo), nebo „vystup“ (dokument, akce, zařízení)."),
]);

/// `obdobi/*/obdobi.yaml`
pub static PERIOD: Shape = Shape::Map(&[
    required("obdobi", Shape::Year, "Označení období: jeho poslední rok."),
    required("od", Shape::Date, "První den období."),
    required("do", Shape::Date, "Poslední den období."),
    optional("ke_dni", Shape::Date, "Den, ke kterému se plnění vyhodnocuje; jinak poslední den období."),
    optional("termin_podkladu", Shape::Date, "Do kdy mají gestoři odevzdat podklady."),
    optional("puvod", Shape::Text, "Odkud stavy a komentáře pocházejí, pokud nejde o podklady gestorů."),
    optional("zverejneno", Shape::Map(&PUBLISHED), "Čísla, která byla pro období zveřejněna."),
    optional("pisemna_informace", Shape::Map(&WRITTEN_INFORMATION), "Údaje písemné informace pro zastupitelstvo."),
    optional("projednani", Shape::List(&Shape::Text), "Komu byla zpráva předložena k připomínkám."),
]);

static WRITTEN_INFORMATION: [Key; 6] = [
    optional("zasedani", Shape::Text, "Číslo zasedání zastupitelstva, například „2. zasedání“."),
    optional("datum", Shape::Date, "Den zasedání."),
    optional("usneseni", Shape::Text, "Číslo usnesení, které informaci ukládá předložit."),
    optional("zpracoval", Shape::Text, "Kdo informaci zpracoval: odbor, případně funkce."),
    optional("projednal", Shape::List(&Shape::Text), "Který orgán informaci projednal a kdy."),
    optional("predklada", Shape::Text, "Kdo informaci zastupitelstvu předkládá."),
];

static PUBLISHED: [Key; 6] = [
    required("celkem", Shape::Integer, "Zveřejněný počet opatření."),
    required("splneno", Shape::Integer, "Zveřejněný počet opatření SPLNĚNO."),
    required("plneno", Shape::Integer, "Zveřejněný počet opatření PLNĚNO."),
    required("castecne", Shape::Integer, "Zveřejněný počet opatření ČÁSTEČNĚ PLNĚNO."),
    required("neplneno", Shape::Integer, "Zveřejněný počet opatření NEPLNĚNO."),
    optional("podil_neplneno", Shape::Text, "Zveřejněný podíl neplněných opatření, slovy předlohy."),
];

/// `obdobi/*/zmrazeni.yaml`
pub static FREEZE: Shape = Shape::Map(&[
    optional("usneseni", Shape::Text, "Číslo usnesení, kterým byla informace o období schválena nebo vzata na vědomí."),
    optional("puvod", Shape::Text, "Z čeho jsou zmrazené stavy a počty spočteny, pokud to není samozřejmé."),
    required("otisk", Shape::Text, "Otisk dat období, týž jako v příloze zprávy."),
    required("pocty", Shape::Map(&FROZEN_COUNTS), "Počty opatření podle stavu."),
    required("vyhodnoceni", Shape::List(&FROZEN_VERDICT), "Stav každého opatření."),
    required("soubory", Shape::List(&FROZEN_FILE), "Soubory období a jejich otisky."),
]);

static FROZEN_COUNTS: [Key; 5] = [
    required("celkem", Shape::Integer, "Počet opatření."),
    required("splneno", Shape::Integer, "Počet opatření SPLNĚNO."),
    required("plneno", Shape::Integer, "Počet opatření PLNĚNO."),
    required("castecne", Shape::Integer, "Počet opatření ČÁSTEČNĚ PLNĚNO."),
    required("neplneno", Shape::Integer, "Počet opatření NEPLNĚNO."),
];

static FROZEN_VERDICT: Shape = Shape::Map(&[
    required("opatreni", Shape::MeasureId, "Které opatření."),
    required("stav", Shape::Status, "Jeho stav, když bylo období zmrazeno."),
]);

static FROZEN_FILE: Shape = Shape::Map(&[
    required("soubor", Shape::Text, "Cesta ve složce období."),
    required("otisk", Shape::Text, "SHA-256 obsahu souboru."),
]);

/// `obdobi/*/vyhodnoceni.yaml`
pub static DECISIONS: Shape =
    Shape::Map(&[required("vyhodnoceni", Shape::List(&DECISION), "Rozhodnutí koordinátora odchylná od výpočtu.")]);

static DECISION: Shape = Shape::Map(&[
    required("opatreni", Shape::MeasureId, "Které opatření, například „IX/2“."),
    required("stav", Shape::Status, "Stav, o kterém koordinátor rozhodl."),
    optional("duvod", Shape::Text, "Proč se rozhodnutí liší od výpočtu."),
    optional("rozhodl", Shape::Text, "V jaké funkci rozhodnutí padlo."),
]);

/// `obdobi/*/pripominky.yaml`
pub static COMMENTS: Shape =
    Shape::Map(&[required("pripominky", Shape::List(&COMMENT), "Připomínky k návrhu zprávy; nové pište na konec.")]);

static COMMENT: Shape = Shape::Map(&[
    required("subjekt", Shape::Text, "Kdo připomínku vznesl: kód subjektu, nebo název z klíče „projednani“."),
    optional("opatreni", Shape::MeasureId, "Kterého opatření se připomínka týká, například „IX/2“."),
    optional(
        "cast",
        Shape::Section,
        "Které části zprávy se týká, není-li k opatření: „Shrnutí“, „okruh IX“, „celá zpráva“ …",
    ),
    required("text", Shape::Text, "Znění připomínky. Odstavce a odrážky jako v Markdownu."),
    optional("vyporadani", Shape::Resolution, "Přijato, přijato částečně, nepřijato, nebo vysvětleno."),
    optional("oduvodneni", Shape::Text, "Proč byla připomínka vypořádána právě takto; co se ve zprávě změnilo."),
]);

/// `obdobi/*/podklady/*.yaml`
pub static SUBMISSIONS: Shape = Shape::Map(&[
    optional("predkladatel", Shape::Text, "Kód subjektu, který podklady předkládá; jinak název souboru."),
    required("podklady", Shape::List(&SUBMISSION), "Podklady k jednotlivým opatřením."),
]);

static SUBMISSION: Shape = Shape::Map(&[
    required("opatreni", Shape::MeasureId, "Které opatření, například „IX/2“."),
    optional("stav", Shape::Status, "SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO."),
    optional("komentar", Shape::Text, "Co se udělalo, nebo proč ne. Odstavce a odrážky jako v Markdownu."),
    optional("kriteria", Shape::List(&REPORTED), "Hodnoty, stavy a doklady jednotlivých kritérií."),
]);

static REPORTED: Shape = Shape::Map(&[
    required("kriterium", Shape::Text, "Název kritéria, jak ho má definice opatření."),
    optional("hodnota", Shape::Number, "Číslo: „12“, „1 250“, „12,5“."),
    optional("stav", Shape::Status, "Stav kritéria."),
    optional("doklad", Shape::Text, "Webová adresa dokladu, nebo soubor období: „dukazy/zapis.pdf“."),
]);

/// Keys that take sentences, in which any word may be followed by a colon.
const OF_SENTENCES: [&str; 11] = [
    "nazev",
    "uvod",
    "popis",
    "indikator",
    "puvod",
    "duvod",
    "text",
    "oduvodneni",
    "komentar",
    "kriterium",
    "podil_neplneno",
];

/// Whether a key takes sentences.
pub fn takes_sentences(key: &str) -> bool {
    OF_SENTENCES.contains(&key)
}
