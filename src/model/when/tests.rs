use super::*;

fn moment(date: Option<PartialDate>, hour: u8, minute: u8) -> Moment {
    Moment { date, clock: Clock::new(hour, minute, 0) }
}

#[test]
fn prints_what_is_known() {
    assert_eq!(PartialDate::new(2024, 7, 5).unwrap().to_string(), "2024-07-05");
    assert_eq!(PartialDate::yearless(7, 5).unwrap().to_string(), "--07-05");
    assert_eq!(PartialDate::month_of(2024, 7).unwrap().to_string(), "2024-07");
    assert_eq!(moment(PartialDate::yearless(7, 5), 9, 45).to_string(), "--07-05T09:45");
    assert_eq!(moment(None, 9, 5).to_string(), "T09:05");
}

#[test]
fn there_is_no_thirtieth_of_february() {
    assert!(PartialDate::new(2024, 2, 30).is_none());
    assert!(PartialDate::new(2023, 2, 29).is_none());
    assert!(PartialDate::yearless(2, 29).is_some());
    assert!(PartialDate::new(2024, 13, 1).is_none());
}

#[test]
fn days_roll_over_months_and_years() {
    let last = PartialDate::new(2023, 12, 31).unwrap();
    assert_eq!(last.plus_days(1).to_string(), "2024-01-01");
    assert_eq!(PartialDate::yearless(12, 31).unwrap().plus_days(1).to_string(), "--01-01");
}

#[test]
fn minutes_pass_midnight() {
    let day = PartialDate::new(2024, 3, 9);
    assert_eq!(moment(None, 22, 30).minutes_until(moment(None, 3, 30)), Some(300.0));
    assert_eq!(
        moment(day, 22, 30).minutes_until(moment(day.map(|day| day.plus_days(1)), 3, 30)),
        Some(300.0)
    );
    assert_eq!(moment(day, 9, 0).minutes_until(moment(day, 8, 0)), Some(-60.0));
    assert_eq!(moment(day, 9, 0).minutes_until(moment(None, 10, 0)), None);
}
