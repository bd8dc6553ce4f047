use crate::index::statistics::spread::Spread;
use crate::render::chart::columns::{Column, columns};
use crate::render::chart::incident::Course;
use crate::render::chart::inline;
use crate::render::chart::scale::{Lengths, steps};

#[test]
fn axes_have_round_steps() {
    assert_eq!(steps(0.0), [0.0, 1.0]);
    assert_eq!(steps(3.0), [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(steps(7.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
    assert_eq!(steps(41.0), [0.0, 20.0, 40.0, 60.0]);
    assert_eq!(steps(1900.0), [0.0, 500.0, 1000.0, 1500.0, 2000.0]);
}

#[test]
fn lengths_stand_by_their_factor() {
    let scale = Lengths::of([12.0, 300.0].into_iter());
    assert_eq!(scale.marks().collect::<Vec<_>>(), [10.0, 60.0, 360.0]);
    assert_eq!((scale.place(10.0), scale.place(360.0)), (0.0, 1.0));
    assert!((scale.place(60.0) - 0.5).abs() < 1e-9, "60 is as far from 10 as from 360");
    assert_eq!(scale.place(0.0), 0.0, "nothing stands left of the axis");
    // Nothing known still gives an axis that can be drawn on.
    assert!(Lengths::of(std::iter::empty()).place(60.0).is_finite());
}

#[test]
fn columns_reach_as_high_as_they_count() {
    let column = |value: f64| Column {
        value: Some(value),
        before: None,
        label: "2024 <Q1>".to_owned(),
        tick: String::new(),
        on_edge: false,
    };
    let svg = columns(&[column(2.0), column(4.0)], "Incidents");
    assert!(svg.starts_with("<svg class=\"chart\" role=\"img\""), "{svg}");
    assert!(svg.contains("<title>Incidents</title>"), "{svg}");
    assert!(svg.contains("2024 &lt;Q1&gt;"), "labels are text: {svg}");
    let heights: Vec<&str> = svg
        .split("<rect")
        .skip(1)
        .map(|rect| rect.split(" height=\"").nth(1).unwrap().split('"').next().unwrap())
        .collect();
    assert_eq!(heights, ["62", "124"]);
    assert_eq!(columns(&[], "Nothing").matches("<rect").count(), 0);
    let unknown = columns(&[Column { value: None, ..column(0.0) }], "Hours");
    assert!(unknown.contains("<rect class=\"gap\""), "what is not known is no zero: {unknown}");
    assert!(columns(&[column(3000.0)], "Hours").contains("class=\"chart far\""));
}

#[test]
fn a_course_needs_two_moments() {
    let start = Course { start: Some(0.0), ..Course::default() };
    assert_eq!(start.draw(), None);
    let whole = Course {
        start: Some(0.0),
        detection: Some(10.0),
        mitigation: Some(50.0),
        resolution: Some(90.0),
        entries: vec![5.0, 1e9, f64::NAN],
    };
    let svg = whole.draw().unwrap();
    assert!(svg.contains("d=\"M0 10H50V40H550V24H950V10H1000\""), "down, better, well: {svg}");
    assert!(svg.contains("class=ticks d=\"M100 50v6\""), "only what happened meanwhile: {svg}");
    for mark in [
        "class=start x=5% y=40 ",
        "class=detection x=15% y=40 ",
        "class=mitigation x=55% y=24 ",
        "class=resolution x=95% y=10 ",
    ] {
        assert!(svg.contains(mark), "{mark} in {svg}");
    }
}

#[test]
fn small_drawings_stay_in_their_place() {
    let spread = Spread { known: 9, median: 30.0, p90: 200.0 };
    let reach = inline::reach(spread, Lengths::of([30.0, 200.0].into_iter()));
    assert!(reach.contains("cx=\"") && !reach.contains("NaN"), "{reach}");
    assert_eq!(inline::spark(&[0, 0], 0).matches('M').count(), 0);
    assert!(inline::share([0.5, 0.0, 1.0, 0.25]).contains("x2=\"99%\""));
}
