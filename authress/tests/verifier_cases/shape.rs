//! The form of a token: what is taken apart at all. Everything is signed as it stands, so that a reader that is more lenient would accept it.

use authress::TokenVerificationReason::{AccessKey, Malformed, TooLarge};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};

use crate::case::{Case, accepted, refused_unasked};
use crate::support::{ACCOUNT, access_key, encode, token};
use crate::tokens::{
    CLAIMS, HEADER, encode_bytes, good, hexadecimal, input, of_bytes, parts, signature, signed_as_it_stands,
    with_claims, with_header, with_member,
};

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// The longest token that is looked at, in bytes.
const LIMIT: usize = 16 * 1024;

pub(crate) fn table() -> Vec<Case> {
    let mut cases = vec![accepted("good_token", good())];
    cases.extend(part_counts());
    cases.extend(encodings());
    cases.extend(texts());
    cases.extend(repeated_names());
    cases.extend(depths_and_sizes());
    cases.extend(access_keys());
    cases.extend(schemes());
    cases
}

fn malformed<const N: usize>(rows: [(&'static str, String); N]) -> impl Iterator<Item = Case> {
    rows.into_iter()
        .map(|(rule, token)| refused_unasked(rule, token, Malformed))
}

fn part_counts() -> impl Iterator<Item = Case> {
    let good = good();
    let [header, payload, signature] = parts(&good);
    let jwe = encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"k-account"}"#);
    malformed([
        ("no_text", String::new()),
        ("only_white_space", " \t\r\n".to_owned()),
        ("one_dot", ".".to_owned()),
        ("two_dots", "..".to_owned()),
        ("four_dots", "....".to_owned()),
        ("one_part", header.to_owned()),
        ("two_parts", format!("{header}.{payload}")),
        ("two_parts_and_a_dot", format!("{header}.{payload}.")),
        ("two_parts_after_a_dot", format!(".{payload}.{signature}")),
        ("payload_detached", format!("{header}..{signature}")),
        ("four_parts", format!("{good}.{signature}")),
        (
            "four_parts_with_the_signature_of_three",
            signed_as_it_stands(&format!("{header}.{payload}.{payload}")),
        ),
        ("dot_at_the_end", format!("{good}.")),
        ("dot_at_the_beginning", format!(".{good}")),
        ("five_parts", format!("{good}.{payload}.{signature}")),
        (
            "encrypted_token",
            format!("{jwe}.{payload}.AAAAAAAAAAAAAAAA.{payload}.AAAAAAAAAAAAAAAAAAAAAA"),
        ),
        ("six_parts", format!("{good}.{good}")),
        (
            "json_serialization_flattened",
            format!(r#"{{"payload":"{payload}","protected":"{header}","signature":"{signature}"}}"#),
        ),
        (
            "json_serialization_general",
            format!(r#"{{"payload":"{payload}","signatures":[{{"protected":"{header}","signature":"{signature}"}}]}}"#),
        ),
        ("dots_percent_encoded", good.replace('.', "%2E")),
        ("dots_of_full_width", good.replace('.', "\u{ff0e}")),
        ("dots_as_commas", good.replace('.', ",")),
    ])
}

fn encodings() -> impl Iterator<Item = Case> {
    let good = good();
    let [header, payload, good_signature] = parts(&good);
    // Neither a multiple of three bytes long, so there is room for padding and for left-over bits.
    let (short_header, short_claims) = (uneven(HEADER), uneven(CLAIMS));
    let padded_header = URL_SAFE.encode(&short_header);
    let padded_payload = URL_SAFE.encode(&short_claims);
    assert!(padded_header.ends_with('=') && padded_payload.ends_with('='));
    // Bytes that are written differently in the two alphabets.
    let odd_header = HEADER.replacen('{', r#"{"odd":"???>>>~~~","#, 1);
    let odd_claims = CLAIMS.replacen('{', r#"{"odd":"???>>>~~~","#, 1);
    let odd_signature = (0..1_000)
        .map(|n| with_member(&format!(r#""jti":"{n}""#)))
        .find(|token| STANDARD.encode(signature(token)).contains(['+', '/']))
        .unwrap();
    let odd_signature_text = STANDARD_NO_PAD.encode(signature(&odd_signature));
    malformed([
        (
            "header_padded",
            signed_as_it_stands(&format!("{padded_header}.{payload}")),
        ),
        (
            "payload_padded",
            signed_as_it_stands(&format!("{header}.{padded_payload}")),
        ),
        ("signature_padded", format!("{good}==")),
        (
            "header_padded_percent_encoded",
            signed_as_it_stands(&format!("{}.{payload}", padded_header.replace('=', "%3D"))),
        ),
        (
            "header_in_the_standard_alphabet",
            signed_as_it_stands(&format!("{}.{payload}", STANDARD_NO_PAD.encode(odd_header))),
        ),
        (
            "payload_in_the_standard_alphabet",
            signed_as_it_stands(&format!("{header}.{}", STANDARD_NO_PAD.encode(odd_claims))),
        ),
        (
            "signature_in_the_standard_alphabet",
            format!(
                "{}.{}.{odd_signature_text}",
                parts(&odd_signature)[0],
                parts(&odd_signature)[1]
            ),
        ),
        (
            "header_with_left_over_bits",
            signed_as_it_stands(&format!("{}.{payload}", with_left_over_bits(&encode(&short_header)))),
        ),
        (
            "payload_with_left_over_bits",
            signed_as_it_stands(&format!("{header}.{}", with_left_over_bits(&encode(&short_claims)))),
        ),
        (
            "signature_with_left_over_bits",
            format!("{header}.{payload}.{}", with_left_over_bits(good_signature)),
        ),
        (
            "header_one_letter_too_long",
            signed_as_it_stands(&format!("{header}A.{payload}")),
        ),
        (
            "payload_one_letter_too_long",
            signed_as_it_stands(&format!("{header}.{}A", encode(&even(CLAIMS)))),
        ),
        ("signature_one_letter_too_short", good[..good.len() - 1].to_owned()),
        (
            "space_before_the_first_dot",
            signed_as_it_stands(&format!("{header} .{payload}")),
        ),
        (
            "space_in_the_header",
            signed_as_it_stands(&format!("{} {}.{payload}", &header[..8], &header[8..])),
        ),
        (
            "newline_in_the_payload",
            signed_as_it_stands(&format!("{header}.{}\n{}", &payload[..64], &payload[64..])),
        ),
        (
            "newline_in_the_signature",
            format!(
                "{header}.{payload}.{}\r\n{}",
                &good_signature[..64],
                &good_signature[64..]
            ),
        ),
        (
            "tab_after_the_second_dot",
            format!("{header}.{payload}.\t{good_signature}"),
        ),
        ("nul_at_the_end", format!("{good}\0")),
        (
            "nul_in_the_payload",
            signed_as_it_stands(&format!("{header}.{payload}\0")),
        ),
        ("zero_width_space_at_the_end", format!("{good}\u{200b}")),
        ("byte_order_mark_before_the_token", format!("\u{feff}{good}")),
        (
            "letter_beyond_ascii_in_the_signature",
            format!("{header}.{payload}.\u{ff21}{}", &good_signature[1..]),
        ),
        (
            "payload_as_bare_json",
            format!("{header}.{}.{good_signature}", CLAIMS.replace('.', "")),
        ),
        (
            "header_encoded_twice",
            signed_as_it_stands(&format!("{}.{payload}", encode(header))),
        ),
        (
            "payload_encoded_twice",
            signed_as_it_stands(&format!("{header}.{}", encode(payload))),
        ),
        (
            "payload_in_hexadecimal",
            signed_as_it_stands(&format!("{header}.{}", hexadecimal(CLAIMS.as_bytes()))),
        ),
    ])
}

/// Texts that are no JSON object.
fn texts() -> impl Iterator<Item = Case> {
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let with_byte = |text: &str, bytes: &[u8]| -> Vec<u8> {
        let (start, end) = text.split_at(text.len() - 1);
        [start.as_bytes(), br#","odd":""#, bytes, b"\"", end.as_bytes()].concat()
    };
    malformed([
        (
            "header_not_utf8",
            of_bytes(&with_byte(HEADER, b"\xff"), CLAIMS.as_bytes()),
        ),
        (
            "payload_not_utf8",
            of_bytes(HEADER.as_bytes(), &with_byte(CLAIMS, b"\xff")),
        ),
        (
            "payload_with_an_overlong_slash",
            of_bytes(HEADER.as_bytes(), &with_byte(CLAIMS, b"\xc0\xaf")),
        ),
        (
            "payload_with_an_encoded_surrogate",
            of_bytes(HEADER.as_bytes(), &with_byte(CLAIMS, b"\xed\xa0\x80")),
        ),
        (
            "payload_with_an_escaped_lone_surrogate",
            with_member(r#""odd":"\ud800""#),
        ),
        (
            "payload_with_a_bare_control_character",
            with_member("\"odd\":\"a\u{1}b\""),
        ),
        (
            "header_with_a_byte_order_mark",
            with_header(&format!("\u{feff}{HEADER}")),
        ),
        (
            "payload_with_a_byte_order_mark",
            with_claims(&format!("\u{feff}{CLAIMS}")),
        ),
        ("header_in_utf16", of_bytes(&utf16(HEADER), CLAIMS.as_bytes())),
        ("payload_in_utf16", of_bytes(HEADER.as_bytes(), &utf16(CLAIMS))),
        ("header_a_list", with_header(&format!("[{HEADER}]"))),
        ("header_a_text", with_header(r#""EdDSA""#)),
        ("header_null", with_header("null")),
        ("payload_a_list", with_claims(&format!("[{CLAIMS}]"))),
        ("payload_a_text", with_claims(r#""user-1""#)),
        ("payload_a_number", with_claims("1700000000")),
        ("payload_true", with_claims("true")),
        ("payload_null", with_claims("null")),
        ("payload_cut_off", with_claims(&CLAIMS[..CLAIMS.len() - 1])),
        ("payload_with_something_after_it", with_claims(&format!("{CLAIMS}x"))),
        ("payload_with_nul_after_it", with_claims(&format!("{CLAIMS}\0"))),
        ("two_objects_in_the_payload", with_claims(&format!("{CLAIMS}{{}}"))),
        ("two_objects_in_the_header", with_header(&format!("{HEADER} {HEADER}"))),
        ("comma_after_the_last_claim", with_claims(&CLAIMS.replace('}', ",}"))),
        ("single_quotes", with_claims(&CLAIMS.replace('"', "'"))),
        ("names_without_quotes", with_claims(&CLAIMS.replace("\"sub\"", "sub"))),
        (
            "comment_in_the_payload",
            with_claims(&CLAIMS.replacen('{', "{/* */", 1)),
        ),
        ("not_a_number", with_member(r#""odd":NaN"#)),
        ("number_with_a_leading_zero", with_member(r#""odd":01"#)),
    ])
    .chain([
        accepted(
            "white_space_around_the_json",
            token(&format!(" {HEADER}\n"), &format!("\r\n\t{CLAIMS} "), ACCOUNT),
        ),
        accepted("escaped_text", with_claims(&CLAIMS.replace("user-1", r"\u0075ser-1"))),
        accepted("paired_surrogates", with_member(r#""odd":"\ud83d\ude00""#)),
        accepted("nul_escaped_in_another_claim", with_member(r#""odd":"a\u0000b""#)),
    ])
}

fn repeated_names() -> impl Iterator<Item = Case> {
    let in_header = |member: &str| with_header(&HEADER.replacen('{', &format!("{{{member},"), 1));
    malformed([
        ("alg_twice", in_header(r#""alg":"none""#)),
        ("alg_twice_the_same", in_header(r#""alg":"EdDSA""#)),
        ("kid_twice", in_header(r#""kid":"k-client""#)),
        ("typ_twice", in_header(r#""typ":"JWT""#)),
        ("kid_twice_once_escaped", in_header(r#""\u006bid":"k-client""#)),
        ("unknown_header_name_twice", in_header(r#""odd":1,"odd":1"#)),
        (
            "name_twice_within_a_header_member",
            in_header(r#""jwk":{"kty":"OKP","kty":"OKP"}"#),
        ),
        ("iss_twice", with_member(r#""iss":"https://evil.example""#)),
        ("sub_twice", with_member(r#""sub":"user-2""#)),
        ("sub_twice_the_same", with_member(r#""sub":"user-1""#)),
        ("sub_twice_once_escaped", with_member(r#""s\u0075b":"user-2""#)),
        ("exp_twice", with_member(r#""exp":1800000000"#)),
        ("unknown_claim_twice", with_member(r#""odd":1,"odd":2"#)),
        ("name_twice_within_a_claim", with_member(r#""odd":{"a":1,"a":2}"#)),
        (
            "name_twice_within_a_list",
            with_member(r#""odd":[[{"a":1,"b":2,"a":3}]]"#),
        ),
    ])
    .chain([
        accepted(
            "one_name_at_two_depths",
            with_member(r#""odd":{"sub":"user-2","iss":{"sub":1}}"#),
        ),
        accepted(
            "names_that_differ_by_case",
            with_member(r#""SUB":"user-2","Iss":"https://evil.example""#),
        ),
    ])
}

fn depths_and_sizes() -> impl Iterator<Item = Case> {
    let nested = |depth: usize| format!(r#""odd":{}{}"#, "[".repeat(depth), "]".repeat(depth));
    let objects = |depth: usize| format!(r#""odd":{}1{}"#, r#"{"a":"#.repeat(depth), "}".repeat(depth));
    let in_header = |member: &str| with_header(&HEADER.replacen('{', &format!("{{{member},"), 1));
    malformed([
        ("payload_of_ten_thousand_open_lists", with_claims(&"[".repeat(10_000))),
        ("header_of_ten_thousand_open_lists", with_header(&"[".repeat(10_000))),
        ("claim_nested_five_thousand_times", with_member(&nested(5_000))),
        ("claim_of_a_thousand_nested_objects", with_member(&objects(1_000))),
        ("header_nested_five_thousand_times", in_header(&nested(5_000))),
    ])
    .chain([
        accepted("claim_nested_a_hundred_times", with_member(&nested(100))),
        accepted("claim_of_a_hundred_nested_objects", with_member(&objects(100))),
        accepted("header_nested_a_hundred_times", in_header(&nested(100))),
        accepted("token_of_sixteen_kibibytes", of_length(LIMIT)),
        accepted(
            "token_of_sixteen_kibibytes_after_its_scheme",
            format!("Bearer {}", of_length(LIMIT)),
        ),
        refused_unasked("token_one_byte_longer", of_length(LIMIT + 1), TooLarge),
        refused_unasked(
            "token_longer_by_its_signature",
            format!("{}{}", good(), "A".repeat(LIMIT)),
            TooLarge,
        ),
        refused_unasked("text_longer_without_dots", "A".repeat(LIMIT + 1), TooLarge),
        refused_unasked("text_four_times_as_long", "e30.".repeat(LIMIT), TooLarge),
        refused_unasked(
            "access_key_in_a_text_too_long",
            format!("{}{}", access_key(), "A".repeat(LIMIT)),
            TooLarge,
        ),
    ])
}

fn access_keys() -> impl Iterator<Item = Case> {
    let key = access_key();
    let private = key.rsplit('.').next().unwrap().to_owned();
    let legacy = r#"{"keyId":"k","clientId":"sc_1","privateKey":"-----BEGIN PRIVATE KEY-----"}"#;
    [
        ("access_key", key.clone()),
        ("access_key_after_its_scheme", format!("Bearer {key}")),
        ("access_key_between_white_space", format!("\n {key}\t")),
        ("access_key_cut_off", key[..key.len() - 20].to_owned()),
        (
            "access_key_without_its_client",
            key.split_once('.').unwrap().1.to_owned(),
        ),
        ("access_key_with_a_part_more", format!("{key}.{}", encode("x"))),
        ("private_key_alone", private.clone()),
        (
            "private_key_as_a_signature",
            format!("{}.{private}", input(HEADER, CLAIMS)),
        ),
        ("older_access_key", STANDARD.encode(legacy)),
        ("older_access_key_without_padding", encode(legacy)),
        (
            "older_access_key_after_its_scheme",
            format!("bearer {}", STANDARD.encode(legacy)),
        ),
        ("older_access_key_cut_off", STANDARD.encode(legacy)[..30].to_owned()),
    ]
    .into_iter()
    .map(|(rule, token)| refused_unasked(rule, token, AccessKey))
    .chain([accepted(
        "token_that_begins_like_an_older_access_key",
        with_header(&format!(r#"{{"keyId":"k",{}"#, &HEADER[1..])),
    )])
}

fn schemes() -> impl Iterator<Item = Case> {
    let good = good();
    let scheme = |scheme: &str| format!("{scheme}{good}");
    malformed([
        ("scheme_alone", "Bearer".to_owned()),
        ("scheme_and_space_alone", "Bearer ".to_owned()),
        ("scheme_twice", scheme("Bearer Bearer ")),
        ("scheme_without_space", scheme("Bearer")),
        ("scheme_with_a_colon", scheme("Bearer: ")),
        ("scheme_with_an_equals_sign", scheme("Bearer=")),
        ("scheme_and_a_no_break_space", scheme("Bearer\u{a0}")),
        ("scheme_percent_encoded_space", scheme("Bearer%20")),
        ("name_of_the_header_before_the_scheme", scheme("Authorization: Bearer ")),
        ("basic_scheme", scheme("Basic ")),
        ("dpop_scheme", scheme("DPoP ")),
        ("jwt_scheme", scheme("JWT ")),
        ("scheme_with_a_quoted_token", format!("Bearer \"{good}\"")),
        ("two_tokens_after_the_scheme", format!("Bearer {good} {good}")),
        ("two_credentials_in_a_list", format!("Bearer {good}, Bearer {good}")),
        ("scheme_with_a_parameter", format!("Bearer {good}; charset=utf-8")),
        ("scheme_of_full_width", scheme("\u{ff22}earer ")),
    ])
    .chain([
        accepted("scheme", scheme("Bearer ")),
        accepted("scheme_in_small_letters", scheme("bearer ")),
        accepted("scheme_in_capitals_and_a_tab", scheme("BEARER\t")),
        accepted("scheme_and_many_spaces", scheme("bEaReR     ")),
        accepted("white_space_around_the_token", format!(" \t{good}\r\n")),
        accepted("white_space_around_the_scheme", format!("  Bearer  {good}  ")),
    ])
}

/// `text` with spaces after it until it is no multiple of three bytes long.
fn uneven(text: &str) -> String {
    if text.len().is_multiple_of(3) {
        format!("{text} ")
    } else {
        text.to_owned()
    }
}

/// `text` with spaces after it until it is a multiple of three bytes long.
fn even(text: &str) -> String {
    format!("{text}{}", &"  "[..(3 - text.len() % 3) % 3])
}

/// `part` with another last letter that stands for the same bytes.
fn with_left_over_bits(part: &str) -> String {
    let (start, last) = part.split_at(part.len() - 1);
    let place = ALPHABET.iter().position(|letter| last.as_bytes() == [*letter]).unwrap();
    assert!(part.len() % 4 >= 2 && place % 4 == 0);
    format!("{start}{}", char::from(ALPHABET[place + 1]))
}

/// A good token of exactly this length, in bytes.
fn of_length(length: usize) -> String {
    let signature = encode_bytes(&[0; 64]).len();
    (0..4)
        .find_map(|spaces| {
            let header = format!("{HEADER}{}", " ".repeat(spaces));
            let payload = length - encode(&header).len() - signature - 2;
            let pad = (payload * 3 / 4).checked_sub(CLAIMS.len() + r#""pad":"","#.len())?;
            let claims = CLAIMS.replacen('{', &format!(r#"{{"pad":"{}","#, "a".repeat(pad)), 1);
            Some(token(&header, &claims, ACCOUNT)).filter(|token| token.len() == length)
        })
        .unwrap()
}
