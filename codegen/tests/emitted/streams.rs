//! Streaming blobs: the whole of a body, which is not loaded into memory.

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[river, river_of_types];

/// A service that takes a stream, and returns one.
fn river() -> Fixture {
    Fixture::new("river")
        .simple("Water @streaming @requiresLength @mediaType(\"text/plain\")", "blob")
        .operation(
            "Fill",
            "PUT /lakes/{lake}",
            &["lake: String @httpLabel @required", "water: Water @httpPayload @required"],
            &["level: Integer"],
            &[],
        )
        .operation(
            "Drain",
            "GET /water",
            &[],
            &["water: Water @httpPayload", "level: Integer @httpHeader(\"x-level\")"],
            &[],
        )
}

fn river_of_types() -> Fixture {
    river().named("river-of-types").types_alone()
}

#[test]
fn a_stream_of_an_input_is_always_there_and_taken_out_of_it() {
    insta::assert_snapshot!(river().items("src/operation/fill.rs", &["FillInput"]), @r#"
    /// Input of [`Fill`](crate::Client::fill).
    #[non_exhaustive]
    pub struct FillInput {
        /// The member `lake` of the model.
        ///
        /// Required.
        pub lake: Option<String>,
        /// The member `water` of the model.
        ///
        /// Required.
        pub water: ByteStream,
    }

    shape! {
        streaming FillInput {
            0 lake: LABEL "lake",
            1 water: PAYLOAD "water" STREAM REQUIRES_LENGTH,
        } media_types {
            1 "text/plain",
        }
    }

    impl Operation for FillInput {
        type Service = FixtureService;
        type Output = FillOutput;
        type Error = FillError;
        const ROUTE: Route = Route::new(
            "Fill",
            "PUT",
            &[Segment::Literal("lakes"), Segment::Label(0)],
        );

        const STREAM: Option<TakeStream<Self>> = Some(|input| take_stream(&mut input.water));
    }
    "#);
}

/// Types alone have no fluent builder.
#[test]
fn the_builder_of_an_input_holds_its_stream_beside_it() {
    let builders = [river(), river_of_types()].map(|fixture| {
        let file = fixture.file("src/operation/fill.rs");
        let lines = file.lines().map(str::trim).filter(|line| {
            ["pub type Fill", "streamed_methods! {", "FillInput =>", "stream water"]
                .iter()
                .any(|part| line.starts_with(part))
        });
        lines.map(|line| format!("{line}\n")).collect::<String>()
    });
    insta::assert_snapshot!(builders.join("\n"), @r"
    pub type FillFluentBuilder = StreamFluentBuilder<FillInput>;
    pub type FillInputBuilder = StreamBuilder<FillInput>;
    pub type FillOutputBuilder = Builder<FillOutput>;
    streamed_methods! {
    FillInput => FillInputBuilder, FillFluentBuilder {
    stream water, set_water, get_water: ByteStream = default;

    pub type FillInputBuilder = StreamBuilder<FillInput>;
    pub type FillOutputBuilder = Builder<FillOutput>;
    streamed_methods! {
    FillInput => FillInputBuilder {
    stream water, set_water, get_water: ByteStream = default;
    ");
}

#[test]
fn who_has_no_stream_in_an_input_has_no_builder_for_it() {
    let without = Fixture::new("spring").simple("Water @streaming", "blob");
    let without = without.operation("Rise", "GET /rise", &["at: String"], &["water: Water @httpPayload"], &[]);
    assert!(!without.file("src/builder.rs").contains("StreamBuilder"));
    let with = river().file("src/builder.rs");
    assert!(with.contains("pub struct StreamBuilder<T: Streamed> {"), "{with}");
    assert!(with.contains("pub struct StreamFluentBuilder<T: Streamed> {"), "{with}");
    let types = river_of_types().file("src/builder.rs");
    assert!(types.contains("StreamBuilder<T: Streamed>") && !types.contains("StreamFluentBuilder"), "{types}");
}

#[test]
fn a_stream_of_an_output_is_always_there() {
    insta::assert_snapshot!(river().items("src/operation/drain.rs", &["DrainOutput"]), @r#"
    /// Output of [`Drain`](crate::Client::drain).
    #[non_exhaustive]
    pub struct DrainOutput {
        /// The member `water` of the model.
        pub water: ByteStream,
        /// The member `level` of the model.
        pub level: Option<i32>,
        pub(crate) _request_id: Option<String>,
    }

    shape! {
        streaming output DrainOutput {
            0 water: PAYLOAD "water" STREAM,
            1 level: HEADER "x-level" = "level",
        } media_types {
            0 "text/plain",
        }
    }
    "#);
}

#[test]
fn what_streams_are_made_of_is_among_the_primitives() {
    let [client, types] = [river(), river_of_types()].map(|fixture| fixture.file("src/primitives.rs"));
    assert!([&client, &types].iter().all(|file| file.contains("ByteStream") && file.contains("AggregatedBytes")));
    // Types alone have no feature for files.
    assert_eq!([&client, &types].map(|file| file.contains("FsBuilder")), [true, false]);
    let without = Fixture::new("without-streams").operation("Fish", "GET /fish", &[], &["count: Integer"], &[]);
    assert!(!without.file("src/primitives.rs").contains("ByteStream"));
}
