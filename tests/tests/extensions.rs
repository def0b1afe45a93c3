//! Extensions of the local server, and what each brings with it.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::models::{AccessRecord, AccessRecordStatus, LinkedGroup, Statement};
use authress_api::models::{
    ApplicationRequest, Client, ClientOptions, ClientRateLimit, ClientRateLimitDuration, Extension,
    ExtensionApplication, ExtensionClient,
};
use authress_local::AuthressLocal;
use serde_json::Value;
use tests::{as_user, ask_as_owner, owner, refusal};

fn extension(urls: &[&str], limit: Option<ClientRateLimit>) -> Extension {
    Extension::new()
        .name("Calendar")
        .application(ExtensionApplication::new().redirect_urls(urls.iter().copied()))
        .client(ExtensionClient::new().rate_limits(limit))
        .tags([("team", "a")])
}

fn limit() -> ClientRateLimit {
    ClientRateLimit::new(ClientRateLimitDuration::Pt1h).quota(100)
}

/// The ids of an extension, its application and its client.
fn ids(extension: &Extension) -> [String; 3] {
    let application = extension.application.as_ref().unwrap().application_id.clone();
    let client = extension.client.as_ref().unwrap().client_id.clone();
    [extension.extension_id.clone(), application, client].map(Option::unwrap)
}

#[tokio::test]
async fn an_extension_has_an_application_and_a_service_client_of_its_own() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let created = api
        .create_extension(extension(&["https://example.com/back"], Some(limit())))
        .await
        .unwrap();
    let [id, application, client] = ids(&created);
    for (id, prefix) in [(&id, "ext_"), (&application, "app_"), (&client, "sc_")] {
        assert!(id.starts_with(prefix) && id.len() == prefix.len() + 20, "{id}");
    }
    assert_eq!(created.name.as_deref(), Some("Calendar"));
    assert_eq!(created.tags.as_ref().unwrap()["team"], "a");
    assert_eq!(api.get_extension(&id).await.unwrap(), created);
    assert_eq!(api.get_extensions().await.unwrap().extensions, [created]);

    let answer = ask_as_owner(&local, "GET", &format!("/v1/extensions/{id}"), "").await;
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    for (part, place) in [
        ("application", format!("/v1/applications/{application}")),
        ("client", format!("/v1/clients/{client}")),
    ] {
        let href = answer[part]["links"]["self"]["href"].as_str().unwrap();
        assert_eq!(href.strip_prefix(local.url()), Some(place.as_str()));
        assert_eq!(ask_as_owner(&local, "GET", &place, "").await.status, 200);
    }
    let application = api.get_application(&application).await.unwrap();
    assert_eq!(application.redirect_urls, ["https://example.com/back"]);
    let client = api.get_client(&client).await.unwrap();
    assert_eq!(client.rate_limits, Some(vec![limit()]));
}

#[tokio::test]
async fn the_client_of_an_extension_has_no_power_and_no_key_and_its_maker_gets_none() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("maker", "Authress:Extensions", ["CREATE", "READ", "UPDATE"]);
    let maker = as_user(&local, "maker");
    let options = r#"{"client":{"clientId":"sc_owner","options":{"grantTokenGeneration":true}},"application":{"applicationId":"app_default"}}"#;
    let made = maker
        .api()
        .create_extension(serde_json::from_str::<Extension>(options).unwrap());
    let [id, application, client] = ids(&made.await.unwrap());
    assert!(client != "sc_owner" && application != "app_default");
    let kept = owner(&local).api().get_client(&client).await.unwrap();
    assert!(kept.options.is_none() && kept.verification_keys.is_none_or(|keys| keys.is_empty()));

    assert_eq!(refusal(maker.api().request_access_key(&client).await), 403);
    assert_eq!(refusal(maker.api().get_client(&client).await), 403);
    let powerful = Client::new().options(ClientOptions::new().grant_token_generation(true));
    assert_eq!(refusal(maker.api().update_client(&client, powerful).await), 403);
    let redirects = ApplicationRequest::new(["https://evil.example"]);
    assert_eq!(
        refusal(maker.api().update_application(&application, redirects).await),
        403
    );

    // Nor can an extension be given what is another's later on.
    let taking = serde_json::from_str::<Extension>(options).unwrap();
    let changed = maker.api().update_extension(&id, taking).await.unwrap();
    assert_eq!(ids(&changed), [id.clone(), application, client]);
    maker.api().delete_extension(&id).await.unwrap();
    let owner = owner(&local);
    owner.api().get_client("sc_owner").await.unwrap();
    owner.api().get_application("app_default").await.unwrap();
}

#[tokio::test]
async fn an_extension_is_replaced_with_its_redirect_urls_and_limits() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let created = api
        .create_extension(extension(&["https://one.example"], None))
        .await
        .unwrap();
    let [id, application, client] = ids(&created);
    let changed = api
        .update_extension(&id, extension(&["https://two.example"], Some(limit())))
        .await
        .unwrap();
    assert_eq!(ids(&changed), ids(&created));
    assert_eq!(changed.created_time, created.created_time);
    let urls = async || api.get_application(&application).await.unwrap().redirect_urls;
    assert_eq!(urls().await, ["https://two.example"]);
    let limits = async || api.get_client(&client).await.unwrap().rate_limits;
    assert_eq!(limits().await, Some(vec![limit()]));

    api.update_extension(&id, Extension::new()).await.unwrap();
    assert!(urls().await.is_empty() && limits().await.is_none());
    let kept = api.get_extension(&id).await.unwrap();
    assert!(kept.name.is_none() && kept.tags.is_none());
    assert_eq!(refusal(api.update_extension("ext_none", Extension::new()).await), 404);

    // What is gone by its own operation does not come back.
    api.delete_client(&client).await.unwrap();
    api.delete_application(&application).await.unwrap();
    api.update_extension(&id, extension(&["https://two.example"], None))
        .await
        .unwrap();
    assert_eq!(refusal(api.get_client(&client).await), 404);
    assert_eq!(refusal(api.get_application(&application).await), 404);
}

#[tokio::test]
async fn an_extension_goes_with_its_application_its_client_and_the_records_of_that_alone() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let [id, application, client] = ids(&api.create_extension(extension(&[], None)).await.unwrap());
    let alias = format!("Authress:ServiceClients/{client}");
    let record = |id: &str| AccessRecord::new(id, [Statement::new(["ro_x"], ["a"])]).record_id(id);
    let with_statement = |id: &str, statement: Statement| AccessRecord::new(id, [statement]).record_id(id);
    let statement = || Statement::new(["ro_x"], ["a"]).users([client.as_str()]);
    for record in [
        with_statement("rec_statement", statement()),
        with_statement("rec_statement_group", statement().groups([LinkedGroup::new("grp_1")])),
        record("rec_own").users([client.as_str()]),
        record("rec_alias").users([alias.as_str()]),
        record("rec_shared").users([client.as_str(), "alice"]),
        record("rec_group")
            .users([client.as_str()])
            .groups([LinkedGroup::new("grp_1")]),
        record("rec_nobody"),
        record("rec_alice").users(["alice"]),
    ] {
        api.create_record(record).await.unwrap();
    }
    let key = api.request_access_key(&client).await.unwrap().access_key.unwrap();
    let service = authress::AuthressClient::builder(local.url())
        .access_key(key)
        .build()
        .unwrap();
    service.api().get_accounts().await.unwrap();
    api.delete_extension(&id).await.unwrap();
    assert_eq!(refusal(service.api().get_accounts().await), 401);
    assert_eq!(refusal(api.get_extension(&id).await), 404);
    assert_eq!(refusal(api.delete_extension(&id).await), 404);
    assert_eq!(refusal(api.get_application(&application).await), 404);
    assert_eq!(refusal(api.get_client(&client).await), 404);
    for (record, status) in [
        ("rec_statement", AccessRecordStatus::Deleted),
        ("rec_statement_group", AccessRecordStatus::Active),
        ("rec_own", AccessRecordStatus::Deleted),
        ("rec_alias", AccessRecordStatus::Deleted),
        ("rec_shared", AccessRecordStatus::Active),
        ("rec_group", AccessRecordStatus::Active),
        ("rec_nobody", AccessRecordStatus::Active),
        ("rec_alice", AccessRecordStatus::Active),
    ] {
        assert_eq!(api.get_record(record).await.unwrap().status, Some(status), "{record}");
    }
}

#[tokio::test]
async fn extensions_come_in_pages_of_twenty() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    for _ in 0..21 {
        api.create_extension(Extension::new()).await.unwrap();
    }
    let first = api.get_extensions().await.unwrap();
    assert_eq!(first.extensions.len(), 20);
    let cursor = first.pagination.unwrap().next.unwrap().cursor.unwrap();
    // What is on the page before may go meanwhile.
    let last = first.extensions.last().unwrap().extension_id.clone().unwrap();
    api.delete_extension(last).await.unwrap();
    let second = api.get_extensions().cursor(cursor).await.unwrap();
    assert_eq!(second.extensions.len(), 1);
    assert!(!first.extensions.contains(&second.extensions[0]));
}
