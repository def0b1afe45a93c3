//! Each pattern equals the expression that the description has.

use fancy_regex::Regex;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::engine::is_resource;
use crate::generated::PATTERNS;

/// The expression as ECMA-262 reads it: `\d` is ASCII alone, and spaces are its own.
fn expression(text: &str) -> Regex {
    let space = r"\t\n\x0b\x0c\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";
    Regex::new(&text.replace(r"\d", "[0-9]").replace(r"\s", space)).unwrap()
}

fn equal(pattern: &Pattern, expression: &Regex, text: &str) -> bool {
    let mut expected = expression.is_match(text).unwrap();
    if std::ptr::eq(pattern, &raw const RESOURCE_URI) {
        expected &= is_resource(text);
    }
    (pattern.fits)(text) == expected
}

/// Texts that are near to what patterns take: of their own letters, in runs around the longest that is taken.
fn near() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zA-Z0-9]{1,3}",
        3 => Just("*".to_owned()),
        5 => Just(":".to_owned()),
        6 => Just("/".to_owned()),
        3 => "[-_.+=~|@]",
        2 => (126_usize..131).prop_map(|length| "n".repeat(length)),
        1 => (254_usize..259).prop_map(|length| "n".repeat(length)),
        1 => Just("grp_".to_owned()),
        1 => "[ \t\n\u{b}\u{85}\u{a0}\u{2028}\u{3000}\u{feff}]",
        1 => ".",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Paths with as many segments as there may be, and a few more or less.
fn long_paths() -> impl Strategy<Value = String> {
    let segment =
        prop_oneof![12 => "[a-z]", 1 => Just("*".to_owned()), 1 => "[a-z]:[a-z*]{0,2}", 1 => "[*]?[a-z]{1,2}[*]"];
    let ends = || prop_oneof![4 => Just(""), 2 => Just("/"), 1 => Just("/*"), 1 => Just("//")];
    (ends(), prop::collection::vec(segment, 10..18), ends())
        .prop_map(|(before, segments, after)| format!("{before}{}{after}", segments.join("/")))
}

fn durations() -> impl Strategy<Value = String> {
    let part = prop_oneof![6 => "[0-9]{1,2}[YMWDHMS]", 2 => Just("T".to_owned()), 1 => "[PYMTS٣]"];
    prop::collection::vec(part, 0..6).prop_map(|parts| format!("P{}", parts.concat()))
}

#[test]
fn each_pattern_takes_exactly_what_its_expression_takes() {
    let compiled = PATTERNS.map(|(text, pattern)| (expression(text), pattern));
    assert_eq!(compiled.len(), 12);
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = runner.run(&prop_oneof![near(), long_paths(), durations()], |text| {
        for (expression, pattern) in &compiled {
            prop_assert!(equal(pattern, expression, &text), "{}: {text:?}", pattern.form);
        }
        Ok(())
    });
    assert_eq!(outcome, Ok(()));
}

/// Both answers occur, so that the comparison above is one.
#[test]
fn each_pattern_takes_some_texts_and_refuses_others() {
    let mut seen = 0;
    for (expression_text, pattern) in PATTERNS {
        let expression = expression(expression_text);
        for text in [
            "",
            "a",
            "A1",
            "-",
            "grp_a",
            "grp_",
            "a/b",
            "a//b",
            "/",
            "*",
            "a*b",
            "a:b",
            "a::b",
            ":",
            "a b",
            "ü",
            "a|b",
            "P",
            "P1D",
            "PT",
            "PT1H",
            "P1W2D",
            "P1D1W",
            "PT1M1H",
            "PT1",
            "P٣D",
            "\u{85}",
            "\u{feff}",
            "a\u{a0}b",
            "a+b=",
            "a.b",
            "~",
            "@",
            "documents/*",
            "/a/b/",
            "ns:*/x",
        ] {
            assert!(equal(pattern, &expression, text), "{expression_text} {text:?}");
            seen += 1;
        }
        assert!((pattern.fits)("a1") || (pattern.fits)("grp_a") || (pattern.fits)("P1D"));
        assert!(!(pattern.fits)("ü?"));
    }
    assert_eq!(seen, 12 * 36);
}

#[test]
fn a_resource_has_at_most_fifteen_segments_and_a_star() {
    let path = |count: usize| vec!["a"; count].join("/");
    for (text, fits) in [
        (path(15), true),
        (path(16), false),
        (format!("/{}/*", path(15)), true),
        (format!("{}/*/*", path(14)), true),
        (format!("{}/*/*", path(15)), false),
        // Beyond 128 characters a name is more than one segment.
        ("n".repeat(128 * 15), true),
        ("n".repeat(128 * 15 + 1), false),
    ] {
        assert_eq!((RESOURCE_URI.fits)(&text), fits, "{text}");
    }
}
