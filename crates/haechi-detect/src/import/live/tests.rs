use arrow::array::AsArray as _;
use arrow::datatypes::Int64Type;

use super::*;
use crate::import::live_keys;
use crate::import::merge::Merging;
use crate::session::Limits;
use crate::store::records::{FORMAT, LiveSource, Manifest, Source};

/// A table of petitions, all received on one day, numbered from 0.
struct Petitions {
    layout: Layout,
    prefix: &'static str,
    count: u64,
    line: u64,
}

impl RowSource for Petitions {
    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        if self.line == self.count {
            return Ok(false);
        }
        self.line += 1;
        row.line = self.line;
        row.fields.clear();
        let number = format!("{}-{}", self.prefix, self.line);
        for name in &self.layout.header {
            row.fields.push_field(match name.as_str() {
                "접수번호" => &number,
                "접수일" | "당초처리기한" | "처리기한" => "2026-03-02",
                "연장횟수" | "정지일수" => "0",
                "처리상태" => "처리중",
                _ => "",
            });
        }
        Ok(true)
    }
}

fn petitions(prefix: &'static str, count: u64) -> LiveTable {
    let header = "접수번호,민원사무코드,민원사무명,처리부서코드,담당자번호,신청인,접수일,당초처리기한,처리기한,연장횟수,정지일수,처리일,처리상태";
    let layout =
        Layout { header: header.split(',').map(str::to_owned).collect(), header_line: 0, delimiter: 0, money_unit: 1 };
    let place = LivePlace { database: "efinance".to_owned(), table: format!("petition_{prefix}"), key: vec![0] };
    LiveTable { place, rows: Box::new(Petitions { layout, prefix, count, line: 0 }) }
}

fn mapping(folder: &DataFolder) -> Mapping {
    let all = haechi_formats::mapping::shipped(&folder.dictionary).unwrap();
    all.into_iter().find(|mapping| mapping.name.as_str() == "synth-petition").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_two_tables_keep_their_keys_through_many_runs_that_are_merged() {
    const ROWS: u64 = 4_000;
    let place = tempfile::tempdir().unwrap();
    let folder = DataFolder::init(&place.path().join("data")).unwrap();
    let (mapping, key) = (mapping(&folder), folder.key().unwrap());
    let table = table_of(&folder, &mapping).unwrap();
    let progress = Progress::default();
    let options = TakeOptions { period: Some("2026".parse().unwrap()), threads: 1 };
    let tables = || vec![petitions("A", ROWS), petitions("B", ROWS)];
    let mut inputs: Vec<Input> =
        tables().iter().map(|table| input(&mapping, &table.place, &options).unwrap()).collect();
    let spill = Arc::new(folder.spill().unwrap());
    let load = Load { folder: &folder, mapping: &mapping, table, key: &key, inputs: &inputs, progress: &progress };
    let (mut harvest, digests) = std::thread::scope(|scope| {
        scope.spawn(|| load.reading(&spill, 10_000).tables(tables())).join().unwrap().unwrap()
    });
    assert!(harvest.runs.values().all(|runs| runs.len() > 4), "too few runs for a merge");
    for (input, digest) in inputs.iter_mut().zip(digests) {
        input.survey.sha256 = digest;
    }
    let load = Load { folder: &folder, mapping: &mapping, table, key: &key, inputs: &inputs, progress: &progress };
    load.reading(&spill, 10_000).renumber(&mut harvest).unwrap();
    let merging = Merging { table, live: true, spill: &spill, objects: &folder.objects, progress: &progress };
    let parts = merging.parts(std::mem::take(&mut harvest.runs)).await.unwrap().into_values().flatten().collect();

    let source = |((at, _, _), tally): (_, super::super::reading::Tally)| {
        let at: usize = at;
        let live = LiveSource { database: String::new(), table: String::new(), key: Vec::new() };
        let survey = &inputs[at].survey;
        Source {
            number: tally.number,
            file: survey.file.clone(),
            member: None,
            sha256: survey.sha256,
            rows: tally.rows,
            live: Some(live),
        }
    };
    let sources: Vec<Source> = harvest.tallies.into_iter().map(source).collect();
    let manifest = Manifest {
        format: FORMAT,
        id: Digest::of(b"a snapshot").into(),
        government: mapping.government.clone(),
        table: mapping.table.clone(),
        source: mapping.name.clone(),
        period: options.period,
        key_id: None,
        supplied: Vec::new(),
        rows: 2 * ROWS,
        sources: sources.clone(),
        parts,
    };
    let row = |source: &Source, line: u64| i64::from(source.number) << 32 | i64::try_from(line).unwrap();
    let wanted = sources.iter().flat_map(|source| [1, 2_000, ROWS].map(|line| row(source, line))).collect();
    let wanted = BTreeMap::from([(mapping.table.clone(), wanted)]);
    let keys = live_keys::look_up(&folder, std::slice::from_ref(&manifest), &wanted, &Limits::default()).await.unwrap();
    for (source, prefix) in sources.iter().zip(["A", "B"]) {
        for line in [1, 2_000, ROWS] {
            assert_eq!(keys[&(mapping.table.clone(), row(source, line))]["접수번호"], format!("{prefix}-{line}"));
        }
    }

    // All rows have the same day, so they lie in the order of their numbers, which they were given last.
    let [part] = manifest.parts.as_slice() else { panic!("{} parts", manifest.parts.len()) };
    let bytes = folder.objects.bytes(&part.path()).await.unwrap().unwrap();
    let batches = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).unwrap().build().unwrap();
    let numbers = |batch: arrow::array::RecordBatch| batch["_row"].as_primitive::<Int64Type>().values().to_vec();
    let rows: Vec<i64> = batches.flat_map(|batch| numbers(batch.unwrap())).collect();
    assert_eq!(rows.len() as u64, 2 * ROWS);
    assert!(rows.is_sorted(), "{:?} …", &rows[..10]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_ends_in_a_fault_leaves_the_view_as_it_was() {
    struct Cut(Petitions);
    impl RowSource for Cut {
        fn layout(&self) -> &Layout {
            self.0.layout()
        }
        fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
            match self.0.next(row)? {
                true => Ok(true),
                false => Err(Fault::new("database-cut", "efinance:petition", "It ended.", "Again.")),
            }
        }
    }
    let place = tempfile::tempdir().unwrap();
    let folder = DataFolder::init(&place.path().join("data")).unwrap();
    let mapping = mapping(&folder);
    let options = TakeOptions { period: Some("2026".parse().unwrap()), threads: 1 };
    let lock = folder.lock(false, |_| ()).unwrap();
    let take = async |tables| take_tables(&folder, &lock, &mapping, tables, &options, &Progress::default()).await;
    let first = take(vec![petitions("A", 10)]).await.unwrap();
    let before = folder.view(&mapping.government).await.unwrap();
    let LiveTable { place, rows } = petitions("A", 5);
    let layout = rows.layout().clone();
    let rows = Box::new(Cut(Petitions { layout, prefix: "A", count: 5, line: 0 }));
    let error = take(vec![LiveTable { place, rows }]).await.unwrap_err();
    assert!(error.to_string().contains("database-cut"), "{error}");
    assert_eq!(folder.view(&mapping.government).await.unwrap(), before);
    assert!(take(vec![petitions("A", 10)]).await.unwrap().known);
    assert_eq!(first.load.files[0].rows_out, 10);
}
