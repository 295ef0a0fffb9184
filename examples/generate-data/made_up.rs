//! Made-up data of any size, the same for the same [`Shape`]. Nothing in them is true: bodies have
//! numbers for names and comments are strung together from stock phrases. It never writes.

use std::fmt::Write;

/// What data are wanted.
pub(crate) struct Shape {
    /// How many times the 109 measures of the real strategy.
    pub(crate) scale: usize,
    /// Rather so many rows of CSV on the 109 measures.
    pub(crate) rows: Option<usize>,
    /// How many periods report.
    pub(crate) n_periods: u16,
    /// Where the random numbers begin.
    pub(crate) seed: u64,
    /// What bodies report in.
    pub(crate) format: Format,
}

/// What bodies report in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Tables.
    Csv,
    /// Texts.
    Yaml,
}

const N_MEASURES: usize = 109;
const N_AREAS: usize = 13;
/// The numbers of areas are Roman and end at CCCXCIX.
const MOST_AREAS: usize = 399;
const FIRST_YEAR: u16 = 2023;

/// Hands each file on, with its path below the data folder.
pub(crate) fn files<E>(shape: &Shape, mut take: impl FnMut(&str, &str) -> Result<(), E>) -> Result<(), E> {
    let measures = measures(shape);
    let n_municipalities = shape.rows.map_or(0, |rows| rows.div_ceil(measures.len()));
    take("strategie.yaml", STRATEGY)?;
    take("subjekty.yaml", &bodies(n_departments(shape), n_municipalities))?;
    let n_areas = measures.last().map_or(0, |measure| measure.area);
    for area in 1..=n_areas {
        take(&format!("opatreni/{area:03}.yaml"), &area_file(area, &measures, shape))?;
    }
    for index in 0..shape.n_periods {
        let year = FIRST_YEAR + 2 * index;
        take(&format!("obdobi/{year}/obdobi.yaml"), &period(year))?;
        match shape.rows {
            Some(rows) => municipalities_report(rows, year, &measures, shape, &mut take)?,
            None => departments_report(year, &measures, shape, &mut take)?,
        }
    }
    Ok(())
}

struct Measure {
    area: usize,
    number: usize,
    /// Index among the departments.
    responsible: usize,
    has_set_deadline: bool,
}

impl Measure {
    fn id(&self) -> String {
        format!("{}/{}", roman(self.area), self.number)
    }
}

/// A dozen departments a strategy, as the real one has.
fn n_departments(shape: &Shape) -> usize {
    12 * shape.scale
}

fn measures(shape: &Shape) -> Vec<Measure> {
    let n_measures = N_MEASURES * shape.scale;
    let n_areas = (N_AREAS * shape.scale).min(MOST_AREAS);
    let mut random = Random::new(shape.seed, 0);
    let mut numbers = vec![0; n_areas];
    let mut measures: Vec<Measure> = (0..n_measures)
        .map(|index| {
            let area = index * n_areas / n_measures;
            numbers[area] += 1;
            Measure {
                area: area + 1,
                number: numbers[area],
                responsible: random.below(n_departments(shape)),
                has_set_deadline: random.below(3) == 0,
            }
        })
        .collect();
    measures.sort_by_key(|measure| (measure.area, measure.number));
    measures
}

fn bodies(n_departments: usize, n_municipalities: usize) -> String {
    let mut text = "subjekty:\n  - {kod: kraj, nazev: Vzorový kraj, druh: kraj}\n  - {kod: obce, nazev: obce, druh: skupina}\n  - {kod: NNO, nazev: nestátní neziskové organizace, druh: skupina}\n".to_owned();
    for index in 1..=n_departments {
        let _ = writeln!(
            text,
            "  - kod: odbor {index}\n    nazev: odbor číslo {index} krajského úřadu\n    druh: odbor\n    nadrizeny: kraj"
        );
    }
    for index in 1..=n_municipalities {
        let _ =
            writeln!(text, "  - kod: obec {index}\n    nazev: obec číslo {index}\n    druh: obec\n    nadrizeny: obce");
    }
    text
}

fn area_file(area: usize, measures: &[Measure], shape: &Shape) -> String {
    let mut random = Random::new(shape.seed, area as u64);
    let mut text = format!(
        "okruh: {}\nnazev: {} {}\nuvod: Kraj a obce směřují společně k těmto cílům.\nopatreni:\n",
        roman(area),
        random.one_of(&AIMS),
        random.one_of(&GROUPS),
    );
    for measure in measures.iter().filter(|measure| measure.area == area) {
        let _ = writeln!(
            text,
            "  - cislo: {}\n    popis: {} {} {}, a to ve spolupráci s obcemi a poskytovateli služeb",
            measure.number,
            random.one_of(&AIMS),
            random.one_of(&GROUPS),
            random.one_of(&PLACES),
        );
        let _ = writeln!(
            text,
            "    indikator: metodika, počet podpořených osob\n    kriteria:\n      - {{nazev: metodika, druh: vystup}}\n      - {{nazev: počet podpořených osob, druh: pocet}}"
        );
        let deadline = if measure.has_set_deadline { "12/2024" } else { "průběžně do 12/2027" };
        let _ = writeln!(
            text,
            "    termin: {deadline}\n    odpovednost: [odbor {}]\n    spoluprace: [obce, NNO]\n",
            measure.responsible + 1
        );
    }
    text
}

fn period(year: u16) -> String {
    format!("obdobi: {year}\nod: {}-01-01\ndo: {year}-12-31\n", year - 1)
}

/// Each department reports on its own measures.
fn departments_report<E>(
    year: u16,
    measures: &[Measure],
    shape: &Shape,
    take: &mut impl FnMut(&str, &str) -> Result<(), E>,
) -> Result<(), E> {
    let mut own: Vec<Vec<&Measure>> = vec![Vec::new(); n_departments(shape)];
    for measure in measures {
        own[measure.responsible].push(measure);
    }
    for (index, own) in own.iter().enumerate().filter(|(_, own)| !own.is_empty()) {
        let mut random = Random::new(shape.seed, (u64::from(year) << 32) + index as u64);
        let (ending, text) = match shape.format {
            Format::Csv => ("csv", csv(own.iter().copied(), &mut random, &PLACES, 2)),
            Format::Yaml => ("yaml", yaml(own, &mut random, index + 1)),
        };
        take(&format!("obdobi/{year}/podklady/odbor-{}.{ending}", index + 1), &text)?;
    }
    Ok(())
}

/// Each municipality reports on every measure, the last one on what is left of the rows.
fn municipalities_report<E>(
    n_rows: usize,
    year: u16,
    measures: &[Measure],
    shape: &Shape,
    take: &mut impl FnMut(&str, &str) -> Result<(), E>,
) -> Result<(), E> {
    let mut n_left = n_rows;
    for index in 0..n_rows.div_ceil(measures.len()) {
        let mut random = Random::new(shape.seed, (u64::from(year) << 32) + index as u64);
        // Each speaks of itself, or the more there are the more would say the same by chance.
        let place = format!("v obci {}", index + 1);
        let text = csv(measures.iter().take(n_left), &mut random, &[&place], 1);
        n_left = n_left.saturating_sub(measures.len());
        take(&format!("obdobi/{year}/podklady/obec-{}.csv", index + 1), &text)?;
    }
    Ok(())
}

fn csv<'m>(
    measures: impl Iterator<Item = &'m Measure>,
    random: &mut Random,
    places: &[&str],
    n_sentences: usize,
) -> String {
    let mut text = "opatreni,stav,komentar,kriterium,hodnota,doklad\n".to_owned();
    for measure in measures {
        let status = status(measure, random);
        let comment = comment(random, places, n_sentences);
        let shown = if status == DONE { "metodika,,https://kraj.example/metodika" } else { ",," };
        let _ = writeln!(text, "{},{status},\"{comment}\",{shown}", measure.id());
    }
    text
}

fn yaml(measures: &[&Measure], random: &mut Random, department: usize) -> String {
    let mut text = format!("predkladatel: odbor {department}\npodklady:\n");
    for measure in measures {
        let status = status(measure, random);
        let _ = writeln!(text, "  - opatreni: {}\n    stav: {status}\n    komentar: |-", measure.id());
        let n_sentences = 2 + random.below(3);
        let _ =
            writeln!(text, "      {}\n\n      {}", comment(random, &PLACES, n_sentences), comment(random, &PLACES, 1));
        if status == DONE {
            text.push_str("    kriteria:\n      - {kriterium: metodika, doklad: https://kraj.example/metodika}\n");
        } else if random.below(3) == 0 {
            let number = random.below(500);
            let _ = writeln!(text, "    kriteria:\n      - {{kriterium: počet podpořených osob, hodnota: {number}}}");
        }
        text.push('\n');
    }
    text
}

const DONE: &str = "SPLNĚNO";

/// About as often as in the real report.
fn status(measure: &Measure, random: &mut Random) -> &'static str {
    match random.below(100) {
        0 if measure.has_set_deadline => DONE,
        0..20 => "PLNĚNO",
        20..82 => "ČÁSTEČNĚ",
        _ => "NEPLNĚNO",
    }
}

fn comment(random: &mut Random, places: &[&str], n_sentences: usize) -> String {
    let sentence = |random: &mut Random| {
        format!(
            "{} {} {} {}, zapojilo se {} osob.",
            random.one_of(&TIMES),
            random.one_of(&DEEDS),
            random.one_of(places),
            random.one_of(&GROUPS),
            5 + random.below(900),
        )
    };
    (0..n_sentences).map(|_| sentence(random)).collect::<Vec<_>>().join(" ")
}

fn roman(mut number: usize) -> String {
    let mut text = String::new();
    for (worth, digits) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= worth {
            text.push_str(digits);
            number -= worth;
        }
    }
    text
}

/// Random numbers by SplitMix64, each stream on its own so that files do not depend on each other.
struct Random(u64);

impl Random {
    fn new(seed: u64, stream: u64) -> Self {
        let mut random = Self(seed ^ stream.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

const STRATEGY: &str = "nazev: Vzorová strategie sociálního začleňování
zkratka: Strategie
kraj: Vzorový kraj
usneseni: 1/21/ZK
schvaleno: 2021-11-30
koordinator: odbor 1
stavy:
  - {stav: SPLNĚNO, nazev: SPLNĚNO, vymezeni: [opatření je trvale splněno]}
  - {stav: PLNĚNO, nazev: PLNĚNO, vymezeni: [opatření se plní]}
  - {stav: ČÁSTEČNĚ, nazev: ČÁSTEČNĚ PLNĚNO, vymezeni: [opatření se plní zčásti]}
  - {stav: NEPLNĚNO, nazev: NEPLNĚNO, vymezeni: [opatření se neplní]}
";

const AIMS: [&str; 8] = [
    "Rozvoj terénních a ambulantních služeb",
    "Zajištění dostupného a důstojného bydlení",
    "Podpora vzdělávání a přípravy na povolání",
    "Posílení dluhového poradenství",
    "Metodické vedení pracovníků obcí",
    "Rozšíření kapacity krizového ubytování",
    "Zvýšení zaměstnanosti v přirozeném prostředí",
    "Předcházení ztrátě bydlení",
];

const GROUPS: [&str; 8] = [
    "pro rodiny s dětmi",
    "pro osoby ohrožené sociálním vyloučením",
    "pro mladé lidi odcházející z ústavní výchovy",
    "pro seniory s nízkým důchodem",
    "pro osoby se zdravotním postižením",
    "pro žáky ohrožené předčasným odchodem ze školy",
    "pro dlouhodobě nezaměstnané",
    "pro oběti domácího násilí",
];

const TIMES: [&str; 8] = [
    "Ve sledovaném období",
    "V prvním pololetí",
    "Od podzimu předchozího roku",
    "Každé čtvrtletí",
    "Po schválení rozpočtu",
    "V návaznosti na závěry pracovní skupiny",
    "Během celého roku",
    "Díky dotaci z operačního programu",
];

const DEEDS: [&str; 10] = [
    "probíhala setkání pracovní skupiny",
    "byla zpracována analýza potřebnosti služeb",
    "byl podpořen provoz terénního programu",
    "se uskutečnilo školení pracovníků obcí",
    "byla vyhlášena dotační výzva",
    "vznikla metodika prostupného bydlení",
    "se konaly konzultace s poskytovateli služeb",
    "byla rozšířena kapacita azylového domu",
    "byl zřízen fond dlouhodobého financování",
    "začala spolupráce se školami a úřadem práce",
];

const PLACES: [&str; 6] = [
    "ve všech obcích s rozšířenou působností",
    "v příhraničních obcích",
    "na celém území kraje",
    "ve dvou mikroregionech",
    "v krajském městě a jeho okolí",
    "v hospodářsky slabších oblastech",
];
