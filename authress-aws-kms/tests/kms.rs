//! What is asked of KMS, and what becomes of its answers: over HTTP, with real signatures.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may, as tests may")]

mod support;

use std::error::Error;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authress::Signer;
use authress_aws_kms::aws_sdk_kms::config::ProvideCredentials;
use authress_aws_kms::aws_sdk_kms::config::retry::RetryConfig;
use authress_aws_kms::aws_sdk_kms::config::timeout::TimeoutConfig;
use authress_aws_kms::aws_sdk_kms::error::ConnectorError;
use authress_aws_kms::aws_sdk_kms::operation::get_public_key::GetPublicKeyError;
use authress_aws_kms::aws_sdk_kms::operation::sign::SignError;
use authress_aws_kms::{KmsSigner, KmsSignerError};
use aws_credential_types::provider::future;
use aws_smithy_types::retry::ErrorKind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use support::{
    ACCESS_KEY_ID, Answer, Failing, Key, Kms, PlainHttp, SECRET_ACCESS_KEY, SESSION_TOKEN, Timer, config,
    config_without_credentials, public_key, sign, sign_answer, signer,
};
use tokio::net::TcpSocket;

/// Shaped as a token's header and claims; it has bytes that base64 and base64url write differently.
const SIGNING_INPUT: &[u8] = b"eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJzY18xIn0>>>???\xff\xfe";

/// Both calls, each with a KMS of its own that answers so; with the number of requests that it got.
async fn both(answer: impl Fn() -> Answer) -> [(KmsSignerError, usize); 2] {
    let kms = Kms::always(answer()).await;
    let of_sign = sign(&kms.signer(), SIGNING_INPUT).await.unwrap_err();
    let other = Kms::always(answer()).await;
    let of_public_key = public_key(&other.signer()).await.unwrap_err();
    [(of_sign, kms.asked().len()), (of_public_key, other.asked().len())]
}

/// Which predicates are true.
fn said(error: &KmsSignerError) -> Vec<&'static str> {
    [
        ("wrong key", error.is_wrong_key()),
        ("access denied", error.is_access_denied()),
        ("unavailable", error.is_unavailable()),
        ("timeout", error.is_timeout()),
        ("unexpected answer", error.is_unexpected_answer()),
    ]
    .into_iter()
    .filter_map(|(name, is)| is.then_some(name))
    .collect()
}

/// The texts of the error and of everything below it.
fn chain(error: &KmsSignerError) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut next = error.source();
    while let Some(error) = next {
        texts.push(error.to_string());
        next = error.source();
    }
    texts
}

#[tokio::test]
async fn raw_ed25519_over_the_signing_input_is_asked_for_and_verifies() {
    let key = Key::generate();
    let kms = Kms::with(&key).await;
    let signature = sign(&kms.signer(), SIGNING_INPUT).await.unwrap();

    assert!(key.verifies(SIGNING_INPUT, &signature));
    let [asked] = kms.asked().try_into().ok().unwrap();
    assert_eq!(asked.header("x-amz-target"), "TrentService.Sign");
    assert_eq!(asked.header("content-type"), "application/x-amz-json-1.1");
    assert_eq!(
        asked.body,
        json!({
            "KeyId": "alias/authress",
            "Message": STANDARD.encode(SIGNING_INPUT),
            "MessageType": "RAW",
            "SigningAlgorithm": "ED25519_SHA_512",
        })
    );
    let authorization = asked.header("authorization");
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
            && authorization.contains("/eu-west-1/kms/aws4_request, SignedHeaders=")
            && authorization.contains(", Signature="),
        "{authorization}"
    );
}

#[tokio::test]
async fn the_public_key_is_base64_of_what_kms_has() {
    let key = Key::generate();
    let kms = Kms::with(&key).await;
    let public_key = public_key(&kms.signer()).await.unwrap();

    assert_eq!(public_key, STANDARD.encode(key.spki()));
    let [asked] = kms.asked().try_into().ok().unwrap();
    assert_eq!(asked.header("x-amz-target"), "TrentService.GetPublicKey");
    assert_eq!(asked.body, json!({"KeyId": "alias/authress"}));
}

#[tokio::test]
async fn a_key_of_another_kind_has_no_public_key_for_authress() {
    let cases: [(&str, &str, Value); 8] = [
        ("KeySpec", "key spec", json!("RSA_2048")),
        ("KeySpec", "key spec", json!("ECC_NIST_P256")),
        ("KeySpec", "key spec", json!("ECC_SOMETHING_NEW")),
        ("KeySpec", "key spec", Value::Null),
        ("KeyUsage", "key usage", json!("ENCRYPT_DECRYPT")),
        ("KeyUsage", "key usage", Value::Null),
        ("SigningAlgorithms", "signing algorithms", json!(["ED25519_PH_SHA_512"])),
        ("SigningAlgorithms", "signing algorithms", Value::Null),
    ];
    for (field, named, value) in cases {
        let mut description = Key::generate().description();
        description[field] = value.clone();
        let kms = Kms::always(Answer::json(&description)).await;
        let error = public_key(&kms.signer()).await.unwrap_err();
        assert_eq!(said(&error), ["wrong key"], "{field} {value}");
        assert!(error.to_string().contains(named) && error.source().is_none(), "{error}");
    }
}

#[tokio::test]
async fn a_damaged_public_key_is_not_given_away() {
    let key = Key::generate();
    let good = key.spki();
    let x25519 = {
        let mut der = good.clone();
        der[8] = 0x6e;
        der
    };
    let mut longer = good.clone();
    longer.push(0);
    let bare = key.public();
    for damaged in [&good[..43], &longer, &x25519, &[0x30; 44], bare, &[]] {
        let mut description = key.description();
        description["PublicKey"] = json!(STANDARD.encode(damaged));
        let kms = Kms::always(Answer::json(&description)).await;
        let error = public_key(&kms.signer()).await.unwrap_err();
        assert_eq!(said(&error), ["unexpected answer"], "{damaged:?}");
    }
    for damaged in [Value::Null, json!("*")] {
        let mut description = key.description();
        description["PublicKey"] = damaged.clone();
        let kms = Kms::always(Answer::json(&description)).await;
        let error = public_key(&kms.signer()).await.unwrap_err();
        assert_eq!(said(&error), ["unexpected answer"], "{damaged}");
    }
}

#[tokio::test]
async fn a_signature_is_64_bytes_of_the_algorithm_that_was_asked_for() {
    let good = Key::generate().sign(SIGNING_INPUT);
    let with = |field: &str, value: Value| {
        let mut answer = sign_answer(&good);
        answer[field] = value;
        answer
    };
    for answer in [
        sign_answer(&good[..63]),
        sign_answer(&[&good[..], &[0]].concat()),
        sign_answer(&[]),
        with("Signature", Value::Null),
        with("Signature", json!("*")),
        with("SigningAlgorithm", json!("ED25519_PH_SHA_512")),
        with("SigningAlgorithm", json!("ECDSA_SHA_256")),
        with("SigningAlgorithm", Value::Null),
    ] {
        let kms = Kms::always(Answer::json(&answer)).await;
        let error = sign(&kms.signer(), SIGNING_INPUT).await.unwrap_err();
        assert_eq!(said(&error), ["unexpected answer"], "{answer}");
        assert_eq!(error.code(), None);
    }
}

#[tokio::test]
async fn a_refusal_keeps_its_code_and_its_cause() {
    let cases: [(u16, &str, &[&str], usize); 9] = [
        (400, "AccessDeniedException", &["access denied"], 1),
        (400, "NotFoundException", &[], 1),
        (400, "DisabledException", &[], 1),
        (400, "ValidationException", &[], 1),
        (400, "InvalidKeyUsageException", &["wrong key"], 1),
        (400, "UnsupportedOperationException", &["wrong key"], 1),
        // These pass, so the SDK tries again: three times in all.
        (400, "ThrottlingException", &["unavailable"], 3),
        (500, "KMSInternalException", &["unavailable"], 3),
        (503, "DependencyTimeoutException", &["unavailable"], 3),
    ];
    for (status, code, expected, tries) in cases {
        let [(of_sign, asked), (of_public_key, asked_too)] =
            both(|| Answer::error(status, code, "the words of KMS")).await;
        for error in [&of_sign, &of_public_key] {
            assert_eq!(said(error), expected, "{code}");
            assert_eq!(error.code(), Some(code));
            let chain = chain(error);
            assert!(chain[0].ends_with(&format!("AWS KMS answered {status}")), "{chain:?}");
            assert!(
                chain[1..].iter().any(|text| text.contains("the words of KMS")),
                "{chain:?}"
            );
            assert!(!chain[0].contains(&chain[1]), "{chain:?}");
        }
        assert!(of_sign.source().unwrap().is::<SignError>(), "{code}");
        assert!(of_public_key.source().unwrap().is::<GetPublicKeyError>(), "{code}");
        assert_eq!((asked, asked_too), (tries, tries), "{code}");
    }
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let key = Key::generate();
    let tries = AtomicUsize::new(0);
    let answering = Arc::clone(&key);
    let kms = Kms::answering(move |asked| match tries.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::error(400, "ThrottlingException", "slow down"),
        1 => Answer::text(502, "<html>"),
        _ => answering.answer(asked),
    })
    .await;
    let signature = sign(&kms.signer(), SIGNING_INPUT).await.unwrap();
    assert!(key.verifies(SIGNING_INPUT, &signature));
    assert_eq!(kms.asked().len(), 3);
}

#[tokio::test]
async fn how_often_it_is_tried_is_the_clients_setting() {
    let kms = Kms::always(Answer::error(400, "ThrottlingException", "slow down")).await;
    let once = kms.config().retry_config(RetryConfig::disabled());
    let error = sign(&signer(once), SIGNING_INPUT).await.unwrap_err();
    assert_eq!((said(&error), kms.asked().len()), (vec!["unavailable"], 1));
}

#[tokio::test]
async fn what_is_no_answer_of_kms_is_told_by_its_status() {
    for (status, body, expected) in [
        (500, "<html><h1>Internal Server Error</h1></html>", "unavailable"),
        (503, "", "unavailable"),
        (429, "<html>", "unavailable"),
        (
            200,
            "<html><h1>Sign in to this network</h1></html>",
            "unexpected answer",
        ),
        (200, "{\"Signature\": \"AAAA", "unexpected answer"),
        (200, "{]", "unexpected answer"),
        (200, "[]", "unexpected answer"),
    ] {
        for (error, _) in both(|| Answer::text(status, body)).await {
            assert_eq!(said(&error), [expected], "{status} {body}");
            assert_eq!(error.code(), None, "{status} {body}");
            assert!(error.source().is_some(), "{status} {body}");
        }
    }
    for (error, tries) in both(|| Answer::text(403, "<html>blocked</html>")).await {
        assert!(said(&error).is_empty(), "{error:?}");
        assert_eq!(tries, 1);
    }
}

#[tokio::test]
async fn a_connection_that_is_refused_or_broken_off_is_an_outage() {
    // A port that is taken, where nobody listens.
    let taken = TcpSocket::new_v4().unwrap();
    taken.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let config = config(taken.local_addr().unwrap()).sleep_impl(Timer::NeverOut);
    let error = sign(&signer(config), SIGNING_INPUT).await.unwrap_err();
    assert_eq!(said(&error), ["unavailable"], "{error:?}");
    assert_eq!(error.to_string(), "Sign: the exchange with AWS KMS failed");
    let refused = error
        .source()
        .unwrap()
        .source()
        .unwrap()
        .downcast_ref::<io::Error>()
        .unwrap();
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);

    for answer in [Answer::HangUp, Answer::BreakOff("{\"Signature\":".into())] {
        for (error, tries) in both(|| answer.clone()).await {
            assert_eq!(said(&error), ["unavailable"], "{error:?}");
            assert!(error.source().is_some());
            assert_eq!(tries, 3);
        }
    }
}

#[tokio::test]
async fn what_the_http_client_says_of_a_failure_decides() {
    type Case = (fn() -> ConnectorError, &'static [&'static str]);
    let cases: [Case; 4] = [
        (|| ConnectorError::timeout("slow".into()), &["unavailable", "timeout"]),
        (
            || ConnectorError::other("closed".into(), Some(ErrorKind::TransientError)),
            &["unavailable"],
        ),
        (|| ConnectorError::other("no certificates".into(), None), &[]),
        (|| ConnectorError::user("no such scheme".into()), &[]),
    ];
    for (error, expected) in cases {
        let kms = Kms::always(Answer::Silence).await;
        let error = sign(&signer(kms.config().http_client(Failing(error))), SIGNING_INPUT).await;
        let error = error.unwrap_err();
        assert_eq!(said(&error), expected, "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_never_answers_is_waited_for_five_seconds() {
    assert_eq!(KmsSigner::DEFAULT_TIMEOUT, Duration::from_secs(5));
    let kms = Kms::always(Answer::Silence).await;
    let signer = signer(kms.config_out_of_time());
    let of_sign = sign(&signer, SIGNING_INPUT).await.unwrap_err();
    let of_public_key = public_key(&signer).await.unwrap_err();
    for error in [of_sign, of_public_key] {
        assert_eq!(said(&error), ["unavailable", "timeout"]);
        let chain = chain(&error);
        assert!(chain[0].ends_with("AWS KMS did not answer in time"), "{chain:?}");
        assert!(
            chain[1].contains("operation timeout") && chain[1].ends_with("after 5s"),
            "{chain:?}"
        );
    }
}

#[tokio::test]
async fn a_limit_of_the_client_is_kept_unless_the_signer_has_its_own() {
    let kms = Kms::always(Answer::Silence).await;
    let http = PlainHttp::default();
    let limits = TimeoutConfig::builder().operation_timeout(Duration::from_secs(3));
    let limits = limits.connect_timeout(Duration::from_secs(9)).build();
    let config = kms
        .config_out_of_time()
        .timeout_config(limits)
        .http_client(http.clone());
    let of_the_client = signer(config);

    let error = sign(&of_the_client, SIGNING_INPUT).await.unwrap_err();
    assert!(chain(&error)[1].ends_with("after 3s"), "{error:?}");
    let own = of_the_client.with_timeout(Duration::from_millis(7));
    let error = sign(&own, SIGNING_INPUT).await.unwrap_err();
    assert!(chain(&error)[1].ends_with("after 7ms"), "{error:?}");
    let error = public_key(&own).await.unwrap_err();
    assert!(chain(&error)[1].ends_with("after 7ms"), "{error:?}");

    // The other limits stay the client's.
    let told = http.connect_timeouts();
    assert!(
        !told.is_empty() && told.iter().all(|told| *told == Some(Duration::from_secs(9))),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_client_without_a_timer_of_its_own_is_limited_too() {
    let kms = Kms::always(Answer::Silence).await;
    let signer = signer(kms.config_in_real_time()).with_timeout(Duration::from_millis(5));
    let error = sign(&signer, SIGNING_INPUT).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn credentials_that_never_come_are_limited_too() {
    #[derive(Debug)]
    struct Never;
    impl ProvideCredentials for Never {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::new(pending())
        }
    }
    let kms = Kms::always(Answer::Silence).await;
    let config = kms.config_in_real_time().credentials_provider(Never);
    let signer = signer(config).with_timeout(Duration::from_millis(5));
    let error = sign(&signer, SIGNING_INPUT).await.unwrap_err();
    assert!(error.is_timeout() && kms.asked().is_empty(), "{error:?}");
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_and_it_is_no_outage() {
    let kms = Kms::with(&Key::generate()).await;
    let signer = signer(config_without_credentials(kms.address()));
    let error = sign(&signer, SIGNING_INPUT).await.unwrap_err();
    assert!(said(&error).is_empty() && error.source().is_some(), "{error:?}");
    assert_eq!(error.to_string(), "Sign: AWS KMS could not be asked");
    assert!(kms.asked().is_empty());
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_nothing_behind() {
    let key = Key::generate();
    let answering = Arc::clone(&key);
    let tries = AtomicUsize::new(0);
    let kms = Kms::answering(move |asked| match tries.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::Silence,
        _ => answering.answer(asked),
    })
    .await;
    let signer = kms.signer();
    tokio::select! {
        _ = signer.sign(SIGNING_INPUT) => panic!("there is no answer"),
        () = kms.has_been_asked() => {}
    }
    let signature = sign(&signer, SIGNING_INPUT).await.unwrap();
    assert!(key.verifies(SIGNING_INPUT, &signature));
}

#[tokio::test]
async fn no_error_shows_what_is_signed_or_signatures_or_credentials() {
    let signature = Key::generate().sign(SIGNING_INPUT);
    let echo = format!(
        "The Canonical String should have been 'POST / x-amz-security-token:{SESSION_TOKEN} {ACCESS_KEY_ID} {}'",
        STANDARD.encode(SIGNING_INPUT)
    );
    let cut = |text: String| text[..text.len() - 4].to_owned();
    let answers = [
        Answer::json(&sign_answer(&signature[..63])),
        Answer::text(200, cut(sign_answer(&signature).to_string())),
        Answer::text(400, cut(sign_answer(&signature).to_string())),
        Answer::text(500, format!("<html>{echo}</html>")),
        Answer::text(200, format!("<html>{echo}</html>")),
        Answer::error(400, "InvalidSignatureException", &echo),
        Answer::error(400, "IncompleteSignature", &echo),
        Answer::error(
            400,
            "AccessDeniedException",
            "User is not authorized to perform: kms:Sign",
        ),
        Answer::HangUp,
        Answer::BreakOff(sign_answer(&signature).to_string().into()),
        Answer::Silence,
    ];
    let mut errors = Vec::new();
    for answer in answers {
        let kms = Kms::always(answer.clone()).await;
        let config = match answer {
            Answer::Silence => kms.config_out_of_time(),
            _ => kms.config(),
        };
        let signer = signer(config);
        errors.push(sign(&signer, SIGNING_INPUT).await.unwrap_err());
        // The answers to `Sign` are none to `GetPublicKey` either.
        errors.push(public_key(&signer).await.unwrap_err());
    }
    for error in &errors {
        let mut shown = format!("{error} {error:?} {error:#?}");
        let mut next = error.source();
        while let Some(error) = next {
            shown = format!("{shown} {error} {error:?} {error:#?}");
            next = error.source();
        }
        for secret in [
            "eyJhbGci",
            &STANDARD.encode(SIGNING_INPUT)[..16],
            &STANDARD.encode(&signature)[..16],
            format!("{:?}", &signature[..6]).trim_matches(['[', ']']),
            ACCESS_KEY_ID,
            SECRET_ACCESS_KEY,
            SESSION_TOKEN,
        ] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
    let bad_signature = &errors[10];
    assert_eq!(bad_signature.code(), Some("InvalidSignatureException"));
}

#[tokio::test]
async fn debug_of_the_signer_shows_which_key_it_is_and_nothing_of_the_client() {
    let kms = Kms::with(&Key::generate()).await;
    let signer = kms.signer();
    assert_eq!(
        format!("{signer:?}"),
        r#"KmsSigner { kms_key_id: "alias/authress", timeout: 5s, .. }"#
    );
    assert_eq!(format!("{:?}", signer.clone()), format!("{signer:?}"));
}

#[test]
fn futures_and_errors_go_between_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    fn is_error<T: Error + Send + Sync + 'static>() {}
    fn is_signer<T: Signer + Clone>() {}

    is_error::<KmsSignerError>();
    is_signer::<KmsSigner>();
    let signer = signer(config(SocketAddr::from(([127, 0, 0, 1], 1))));
    drop(is_send(signer.public_key()));
    drop(is_send(signer.sign(SIGNING_INPUT)));
}
