//! The records as Arrow record batches: the one place that knows the columns of a table.

mod columns;

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int8Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, DictionaryArray, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};

use self::columns::{Column, Kind, QUOTES, Row, SPEAKERS, STANCES, Value};
use crate::record::{Article, Passage, Quote, Stance};

/// A batch ends with the row that brings its texts to this many bytes: a column of strings holds 2 GiB.
const BATCH_BYTES: usize = 64 << 20;

/// What the rows of a table are.
///
/// Each table has first `article`, the number that [`TableBuilder::append`] was given. `quote` is the number in
/// [`Article::quotes`], `speaker_number` and `holder_number` that in [`Article::speakers`]. Offsets are in the unit that
/// the article has them in. What an article does not tell is null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// One row a quote, with its speaker and its main stance.
    Quotes,
    /// One row a stance, with its holder.
    Stances,
    /// One row a speaker.
    Speakers,
}

impl Table {
    /// The names and types of the columns.
    ///
    /// With `marks` there is also `error`, and everything else but `article` may be null, for [`TableBuilder::mark`].
    pub fn schema(self, marks: bool) -> SchemaRef {
        let article = Field::new("article", DataType::Int64, false);
        let columns = self.columns().iter().map(|c| Field::new(c.name, c.kind.data(), c.optional || marks));
        let error = marks.then(|| Field::new("error", DataType::Utf8, true));
        let fields: Fields = std::iter::once(article).chain(columns).chain(error).collect();
        Arc::new(Schema::new(fields))
    }

    fn columns(self) -> &'static [Column] {
        match self {
            Self::Quotes => QUOTES,
            Self::Stances => STANCES,
            Self::Speakers => SPEAKERS,
        }
    }

    fn rows(self, article: &Article) -> Vec<Row<'_>> {
        let speaker = |number: Option<u32>| article.speakers.get(number? as usize);
        let quote = |(quote, number): (_, i64)| {
            let quote: &Quote = quote;
            let (stance, speaker) = (quote.stances.first(), speaker(quote.speaker));
            Row { number, quote: Some(quote), stance, speaker }
        };
        let stance = |stance| {
            let stance: &Stance = stance;
            Row { number: 0, quote: None, stance: Some(stance), speaker: speaker(stance.holder) }
        };
        let alone = |speaker| Row { number: 0, quote: None, stance: None, speaker: Some(speaker) };
        match self {
            Self::Quotes => article.quotes.iter().zip(0..).map(quote).collect(),
            Self::Stances => article.stances().map(stance).collect(),
            Self::Speakers => article.speakers.iter().map(alone).collect(),
        }
    }
}

/// Collects the rows of many articles.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use onrecord::{Extractor, Table, TableBuilder};
///
/// let extractor = Extractor::new()?;
/// let mut quotes = TableBuilder::new(Table::Quotes, false);
/// for (text, number) in ["“We leave,” said Maria Souza.", "Rain fell."].iter().zip(0..) {
///     quotes.append(number, &extractor.extract(text)?)?;
/// }
/// let batches = quotes.finish()?;
/// assert_eq!(batches[0].num_rows(), 1);
/// assert_eq!(batches[0].schema().field(2).name(), "text");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    article: Int64Builder,
    cells: Vec<Cells>,
    error: Option<StringBuilder>,
    bytes: usize,
}

impl TableBuilder {
    /// An empty table; with `marks` it can also hold articles that could not be read.
    pub fn new(table: Table, marks: bool) -> Self {
        Self {
            table,
            schema: table.schema(marks),
            batches: Vec::new(),
            article: Int64Builder::new(),
            cells: table.columns().iter().map(|column| Cells::new(column.kind)).collect(),
            error: marks.then(StringBuilder::new),
            bytes: 0,
        }
    }

    /// Adds the rows of one article.
    ///
    /// # Errors
    /// If Arrow refuses a batch: a fault of this crate.
    pub fn append(&mut self, number: i64, article: &Article) -> Result<(), ArrowError> {
        for row in self.table.rows(article) {
            self.article.append_value(number);
            for (column, cells) in self.table.columns().iter().zip(&mut self.cells) {
                self.bytes += cells.append((column.value)(&row));
            }
            if let Some(error) = &mut self.error {
                error.append_null();
            }
            self.end_batch(BATCH_BYTES)?;
        }
        Ok(())
    }

    /// Adds one row that tells why an article could not be read; without marks it adds nothing.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn mark(&mut self, number: i64, reason: &str) -> Result<(), ArrowError> {
        let Some(error) = &mut self.error else { return Ok(()) };
        self.article.append_value(number);
        error.append_value(reason);
        for cells in &mut self.cells {
            cells.append(None);
        }
        self.bytes += reason.len();
        self.end_batch(BATCH_BYTES)
    }

    /// The rows in their order, as one batch or more.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn finish(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        self.end_batch(0)?;
        Ok(self.batches)
    }

    fn end_batch(&mut self, least: usize) -> Result<(), ArrowError> {
        if self.bytes < least {
            return Ok(());
        }
        self.bytes = 0;
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.article.finish())];
        for cells in &mut self.cells {
            columns.push(cells.finish()?);
        }
        columns.extend(self.error.as_mut().map(|error| Arc::new(error.finish()) as ArrayRef));
        self.batches.push(RecordBatch::try_new(self.schema.clone(), columns)?);
        Ok(())
    }
}

impl Kind {
    fn data(self) -> DataType {
        match self {
            Self::Int => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Truth => DataType::Boolean,
            Self::Text => DataType::Utf8,
            Self::Word(_) => DataType::Dictionary(DataType::Int8.into(), DataType::Utf8.into()),
            Self::Spans => DataType::List(Arc::new(Field::new("item", DataType::Struct(span()), false))),
        }
    }
}

/// The fields of a span.
fn span() -> Fields {
    let offset = |name| Field::new(name, DataType::Int64, false);
    vec![offset("start"), offset("end"), Field::new("text", DataType::Utf8, false)].into()
}

/// The growing values of one column.
#[derive(Debug)]
enum Cells {
    Int(Int64Builder),
    Float(Float64Builder),
    Truth(BooleanBuilder),
    Text(StringBuilder),
    Word(Int8Builder, &'static [&'static str]),
    Spans(Box<Spans>),
}

#[derive(Debug, Default)]
struct Spans {
    lengths: Vec<usize>,
    known: Vec<bool>,
    starts: Int64Builder,
    ends: Int64Builder,
    texts: StringBuilder,
}

impl Cells {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Int => Self::Int(Int64Builder::new()),
            Kind::Float => Self::Float(Float64Builder::new()),
            Kind::Truth => Self::Truth(BooleanBuilder::new()),
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Word(words) => Self::Word(Int8Builder::new(), words),
            Kind::Spans => Self::Spans(Box::default()),
        }
    }

    /// Adds a value of the column's own kind, any other as null; gives the bytes of its text.
    fn append(&mut self, value: Option<Value<'_>>) -> usize {
        match (self, value) {
            (Self::Int(cells), Some(Value::Int(number))) => cells.append_value(number),
            (Self::Int(cells), _) => cells.append_null(),
            (Self::Float(cells), Some(Value::Float(number))) => cells.append_value(decimal(number)),
            (Self::Float(cells), _) => cells.append_null(),
            (Self::Truth(cells), Some(Value::Truth(truth))) => cells.append_value(truth),
            (Self::Truth(cells), _) => cells.append_null(),
            (Self::Text(cells), Some(Value::Text(text))) => {
                cells.append_value(&text);
                return text.len();
            }
            (Self::Text(cells), _) => cells.append_null(),
            (Self::Word(cells, _), Some(Value::Word(place))) => cells.append_value(place),
            (Self::Word(cells, _), _) => cells.append_null(),
            (Self::Spans(cells), Some(Value::Spans(spans))) => {
                cells.append(spans, true);
                return spans.iter().map(|span| span.text.len()).sum();
            }
            (Self::Spans(cells), _) => cells.append(&[], false),
        }
        0
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Int(cells) => Arc::new(cells.finish()),
            Self::Float(cells) => Arc::new(cells.finish()),
            Self::Truth(cells) => Arc::new(cells.finish()),
            Self::Text(cells) => Arc::new(cells.finish()),
            Self::Word(cells, words) => {
                let words = Arc::new(StringArray::from_iter_values(*words));
                Arc::new(DictionaryArray::try_new(cells.finish(), words)?)
            }
            Self::Spans(cells) => Arc::new(cells.finish()?),
        })
    }
}

impl Spans {
    fn append(&mut self, spans: &[Passage], known: bool) {
        self.lengths.push(spans.len());
        self.known.push(known);
        for span in spans {
            self.starts.append_value(span.start.into());
            self.ends.append_value(span.end.into());
            self.texts.append_value(&span.text);
        }
    }

    fn finish(&mut self) -> Result<ListArray, ArrowError> {
        let parts: Vec<ArrayRef> =
            vec![Arc::new(self.starts.finish()), Arc::new(self.ends.finish()), Arc::new(self.texts.finish())];
        let spans = StructArray::try_new(span(), parts, None)?;
        let offsets = OffsetBuffer::from_lengths(std::mem::take(&mut self.lengths));
        let nulls = NullBuffer::from(std::mem::take(&mut self.known));
        let item = Arc::new(Field::new("item", DataType::Struct(span()), false));
        ListArray::try_new(item, offsets, Arc::new(spans), Some(nulls))
    }
}

/// The number that JSON has: the shortest decimal that is nearest to no other `f32`.
pub(crate) fn decimal(number: f32) -> f64 {
    number.to_string().parse().unwrap_or_else(|_| number.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json() {
        for number in [0.0_f32, -0.8, 0.1, 1.0, f32::MIN_POSITIVE] {
            assert_eq!(serde_json::to_string(&decimal(number)).ok(), serde_json::to_string(&number).ok());
        }
    }
}
