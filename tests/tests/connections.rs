//! Connections of the local server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress_api::models::{
    Connection, ConnectionConditions, ConnectionData, ConnectionDefaultConnectionProperties,
    ConnectionLinkingConfiguration, ConnectionLinkingConfigurationType, ConnectionType,
};
use authress_local::AuthressLocal;
use tests::{as_user, ask_as_owner, owner, refusal};

#[tokio::test]
async fn a_connection_is_kept_as_it_was_given_until_it_is_replaced() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let mut properties = ConnectionDefaultConnectionProperties::default();
    properties.scope = Some("openid".to_owned());
    let given = Connection::new()
        .connection_id("con_1")
        .type_(ConnectionType::Saml2)
        .authentication_url("https://login.example.com")
        .client_id("client")
        .data(ConnectionData::new().name("Example").trust_identity_user_id(true))
        .default_connection_properties(properties)
        .conditions(ConnectionConditions::new().require_business_account(true))
        .linking_configuration(
            ConnectionLinkingConfiguration::new().type_(ConnectionLinkingConfigurationType::Explicit),
        )
        .tags([("team", "a")]);
    let created = api.create_connection(given.clone()).await.unwrap();
    let (time, updated) = (created.created_time.unwrap(), created.last_updated.unwrap());
    assert_eq!(created, given.created_time(time).last_updated(updated));
    assert_eq!(api.get_connection("con_1").await.unwrap(), created);

    let changed = api.update_connection("con_1", Connection::new()).await.unwrap();
    let later = changed.last_updated.unwrap();
    assert!(later > updated);
    let expected = Connection::new().connection_id("con_1").created_time(time);
    assert_eq!(changed, expected.last_updated(later));

    let other = Connection::new().connection_id("con_2");
    assert_eq!(refusal(api.update_connection("con_1", other).await), 400);
    api.delete_connection("con_1").await.unwrap();
    assert_eq!(refusal(api.get_connection("con_1").await), 404);
    assert_eq!(refusal(api.update_connection("con_1", Connection::new()).await), 404);
    assert_eq!(refusal(api.delete_connection("con_1").await), 404);
}

#[tokio::test]
async fn the_id_of_a_connection_is_never_taken_twice() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let default = Connection::new().connection_id("con_default");
    assert_eq!(refusal(api.create_connection(default).await), 409);
    let id = api.create_connection(Connection::new()).await.unwrap();
    let id = id.connection_id.unwrap();
    assert!(id.starts_with("con_") && id.len() == 24, "{id}");
}

#[tokio::test]
async fn the_connection_that_tokens_name_is_there_from_the_start() {
    let local = AuthressLocal::start().await.unwrap();
    let connections = owner(&local).api().get_connections().await.unwrap().connections;
    assert_eq!(connections.len(), 1);
    assert_eq!(connections[0].connection_id.as_deref(), Some("con_default"));
}

#[tokio::test]
async fn a_client_secret_is_never_answered() {
    let local = AuthressLocal::start().await.unwrap();
    let body = r#"{"connectionId":"con_1","clientSecret":"s3cr3t"}"#;
    for (method, path, body) in [
        ("POST", "/v1/connections", body),
        ("GET", "/v1/connections/con_1", ""),
        ("GET", "/v1/connections", ""),
        ("PUT", "/v1/connections/con_1", body),
        ("PUT", "/v1/connections/con_1", "{}"),
    ] {
        let answer = ask_as_owner(&local, method, path, body).await;
        assert!(matches!(answer.status, 200 | 201), "{answer:?}");
        assert!(answer.body.contains("con_1"), "{answer:?}");
        assert!(!answer.body.to_lowercase().contains("s3cr3t"), "{answer:?}");
        assert!(!answer.body.contains("clientSecret"), "{answer:?}");
    }
}

#[tokio::test]
async fn the_server_has_no_tokens_of_identity_providers() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    for connection in ["con_default", "con_none"] {
        let answer = owner.api().get_connection_credentials(connection, "alice").await;
        assert_eq!(refusal(answer), 404);
    }
}

#[tokio::test]
async fn connections_are_listed_to_who_may_read_them_and_found_by_parts_of_their_texts() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    for (id, name) in [("con_1", "Example"), ("con_2", "Other"), ("con_3", "example too")] {
        let data = ConnectionData::new().name(name);
        let connection = Connection::new().connection_id(id).data(data);
        owner.api().create_connection(connection).await.unwrap();
    }
    for readable in ["con_1", "con_2"] {
        local.grant("alice", &format!("Authress:Connections/{readable}"), ["READ"]);
    }
    local.grant("bob", "Authress:Connections", ["READ"]);
    for (user, filter, expected) in [
        ("alice", "", &["con_1", "con_2"][..]),
        ("alice", "EXAMPLE", &["con_1"]),
        ("bob", "EXAMPLE", &["con_1", "con_3"]),
        ("carol", "", &[]),
    ] {
        let answer = as_user(&local, user)
            .api()
            .get_connections()
            .filter(filter)
            .await
            .unwrap();
        let ids: Vec<String> = answer
            .connections
            .into_iter()
            .filter_map(|it| it.connection_id)
            .collect();
        assert_eq!(ids, expected, "{user} {filter}");
    }
}
