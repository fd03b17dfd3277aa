//! Small tables inside `cases.md`: prose, tiny CSV in, tiny CSV out, one `## ` heading a case.

use crate::fault::Fault;

/// A `cases.md` file: sibling headings, each an independent story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasesFile {
    /// What faults call it.
    pub file: String,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// One `## ` heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The heading, a sentence.
    pub title: String,
    /// The line of the heading.
    pub line: u64,
    /// The prose between heading and blocks, joined.
    pub prose: String,
    /// Its fenced blocks, in order.
    pub blocks: Vec<Block>,
}

/// A fenced block: the words after the fence, then its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The language: `csv`, `toml`.
    pub language: String,
    /// What it is: a table name, `findings`, `rejects`, `input`, `parameters`.
    pub name: String,
    /// Further words, `key=value`: `file=spending-apr-jun-2014.csv`.
    pub options: Vec<(String, String)>,
    /// The line of the opening fence.
    pub line: u64,
    /// The text between the fences, with its last newline.
    pub text: String,
    /// The bytes of `text` in the file, so that `--bless` can replace it.
    pub span: std::ops::Range<usize>,
}

/// A block's CSV as rows of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallTable {
    /// The header.
    pub columns: Vec<String>,
    /// The rows, each as long as the header, with the line of each in the file.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl CasesFile {
    /// Reads a `cases.md`.
    ///
    /// # Errors
    ///
    /// A fence that is not closed, a block before the first heading, a heading twice, a fence without a name.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut cases: Vec<Case> = Vec::new();
        let mut open: Option<(Block, usize)> = None;
        let mut offset = 0;
        for (at, raw) in text.split_inclusive('\n').enumerate() {
            let (line, start) = (at as u64 + 1, offset);
            offset += raw.len();
            let content = raw.trim_end_matches(['\n', '\r']);
            if let Some((block, ticks)) = &mut open {
                let closes = content.trim_end().len() >= *ticks && content.trim_end().bytes().all(|c| c == b'`');
                if closes {
                    block.span.end = start;
                    block.text = text[block.span.clone()].to_owned();
                    if let (Some(case), Some((block, _))) = (cases.last_mut(), open.take()) {
                        case.blocks.push(block);
                    }
                }
                continue;
            }
            let ticks = content.bytes().take_while(|c| *c == b'`').count();
            if ticks >= 3 {
                let mut words = content[ticks..].split_whitespace().map(str::to_owned);
                let language = words.next().unwrap_or_default();
                let (options, names): (Vec<_>, Vec<_>) = words.partition(|word| word.contains('='));
                let name = names.first().cloned().unwrap_or_default();
                if cases.is_empty() {
                    faults.push(
                        Fault::new(
                            "case-block-outside",
                            file,
                            "A block stands before the first `## ` heading.",
                            "Move it below a heading.",
                        )
                        .at_line(line),
                    );
                } else if name.is_empty() {
                    faults.push(
                        Fault::new(
                            "case-block-unnamed",
                            file,
                            "A block has no name.",
                            "Write ```csv and the table's name, or `findings`.",
                        )
                        .at_line(line),
                    );
                }
                let options = options
                    .iter()
                    .filter_map(|word| word.split_once('='))
                    .map(|(key, value)| (key.to_owned(), value.to_owned()))
                    .collect();
                open =
                    Some((Block { language, name, options, line, text: String::new(), span: offset..offset }, ticks));
            } else if let Some(title) = content.strip_prefix("## ") {
                let title = title.trim().to_owned();
                if cases.iter().any(|case| case.title == title) {
                    faults.push(
                        Fault::new(
                            "case-twice",
                            file,
                            format!("The heading `{title}` is there twice."),
                            "Give each case its own sentence.",
                        )
                        .at_line(line),
                    );
                }
                cases.push(Case { title, line, prose: String::new(), blocks: Vec::new() });
            } else if let Some(case) = cases.last_mut()
                && !content.trim().is_empty()
            {
                if !case.prose.is_empty() {
                    case.prose.push(' ');
                }
                case.prose.push_str(content.trim());
            }
        }
        if let Some((block, _)) = open {
            faults.push(
                Fault::new("case-fence-open", file, "A block is not closed.", "Add the closing fence.")
                    .at_line(block.line),
            );
        }
        if faults.is_empty() { Ok(Self { file: file.to_owned(), cases }) } else { Err(faults) }
    }
}

impl Block {
    /// The value of an option.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.options.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The block's CSV.
    ///
    /// # Errors
    ///
    /// No header, a column twice, a row longer or shorter than the header.
    pub fn table(&self, file: &str) -> Result<SmallTable, Fault> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.text.as_bytes());
        let mut columns: Option<Vec<String>> = None;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                Fault::new(
                    "case-csv",
                    file,
                    format!("The block `{}` is not CSV: {error}.", self.name),
                    "Quote values that hold commas.",
                )
                .at_line(self.line)
            })?;
            let line = self.line + record.position().map_or(1, csv::Position::line);
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            match &columns {
                None => {
                    if let Some(twice) = cells.iter().enumerate().find(|(at, cell)| cells[..*at].contains(cell)) {
                        return Err(Fault::new(
                            "case-column-twice",
                            file,
                            format!("The column `{}` is there twice.", twice.1),
                            "Remove one.",
                        )
                        .at_line(line));
                    }
                    columns = Some(cells);
                }
                Some(header) if header.len() == cells.len() => rows.push((line, cells)),
                Some(header) => {
                    return Err(Fault::new(
                        "case-row-length",
                        file,
                        format!("The row has {} values, the header {}.", cells.len(), header.len()),
                        "Give every column a value; leave it empty for null.",
                    )
                    .at_line(line));
                }
            }
        }
        let columns = columns.ok_or_else(|| {
            Fault::new(
                "case-table-empty",
                file,
                format!("The block `{}` has no header.", self.name),
                "Write the header even where no row follows.",
            )
            .at_line(self.line)
        })?;
        Ok(SmallTable { columns, rows })
    }
}
