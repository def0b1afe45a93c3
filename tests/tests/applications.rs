//! Applications of the local server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress_api::models::{ApplicationRequest, ApplicationRequestSessionType, ApplicationSessionType};
use authress_local::AuthressLocal;
use tests::{ask_as_owner, owner, refusal};

#[tokio::test]
async fn an_application_is_kept_as_it_was_given_until_it_is_replaced() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let given = ApplicationRequest::new(["https://example.com/back"])
        .name("Shop")
        .audiences(["shop"])
        .session_type(ApplicationRequestSessionType::SingleSession)
        .tags([("team", "a")]);
    let created = api.create_application(given).await.unwrap();
    let id = created.application_id.clone();
    assert!(id.starts_with("app_") && id.len() == 24, "{id}");
    assert_eq!(created.name.as_deref(), Some("Shop"));
    assert_eq!(created.redirect_urls, ["https://example.com/back"]);
    assert_eq!(created.audiences, ["shop"]);
    assert_eq!(created.session_type, Some(ApplicationSessionType::SingleSession));
    assert_eq!(created.tags["team"], "a");
    assert_eq!(api.get_application(&id).await.unwrap(), created);

    let none: [&str; 0] = [];
    let changed = api
        .update_application(&id, ApplicationRequest::new(none))
        .await
        .unwrap();
    assert!(changed.redirect_urls.is_empty() && changed.tags.is_empty() && changed.name.is_none());
    assert_eq!(changed.created_time, created.created_time);
    assert!(changed.last_updated > created.last_updated);

    api.delete_application(&id).await.unwrap();
    assert_eq!(refusal(api.get_application(&id).await), 404);
    assert_eq!(
        refusal(api.update_application(&id, ApplicationRequest::new(none)).await),
        404
    );
    assert_eq!(refusal(api.delete_application(&id).await), 404);
}

#[tokio::test]
async fn the_application_that_tokens_name_is_there_from_the_start() {
    let local = AuthressLocal::start().await.unwrap();
    let applications = owner(&local).api().get_applications().await.unwrap().applications;
    assert_eq!(applications.len(), 1);
    assert_eq!(applications[0].application_id, "app_default");
}

#[tokio::test]
async fn a_redirect_url_that_is_none_is_400_and_changes_nothing() {
    let local = AuthressLocal::start().await.unwrap();
    for url in [
        "example.com",
        "javascript:alert(1)",
        "https://good.example@evil.example",
        "",
    ] {
        let urls = format!(r#"["https://example.com",{}]"#, serde_json::json!(url));
        for (method, path, body) in [
            (
                "POST",
                "/v1/applications",
                format!(r#"{{"name":"n","redirectUrls":{urls}}}"#),
            ),
            (
                "PUT",
                "/v1/applications/app_default",
                format!(r#"{{"name":"n","redirectUrls":{urls}}}"#),
            ),
            (
                "POST",
                "/v1/extensions",
                format!(r#"{{"application":{{"redirectUrls":{urls}}}}}"#),
            ),
        ] {
            let answer = ask_as_owner(&local, method, path, &body).await;
            assert_eq!(answer.status, 400, "{url}: {answer:?}");
            assert!(answer.body.contains("edirectUrls[1]"), "{answer:?}");
        }
    }
    let owner = owner(&local);
    assert_eq!(owner.api().get_applications().await.unwrap().applications.len(), 1);
    assert_eq!(owner.api().get_extensions().await.unwrap().extensions.len(), 0);
    let default = owner.api().get_application("app_default").await.unwrap();
    assert!(default.redirect_urls.is_empty());
}

#[tokio::test]
async fn applications_are_found_by_parts_of_their_texts() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let none: [&str; 0] = [];
    for name in ["Shop", "Workshop", "Office"] {
        let application = ApplicationRequest::new(none).name(name);
        api.create_application(application).await.unwrap();
    }
    for (filter, expected) in [("SHOP", 2), ("app_default", 1), ("no such", 0), ("", 4)] {
        let found = api.get_applications().filter(filter).await.unwrap().applications;
        assert_eq!(found.len(), expected, "{filter}");
    }
}
