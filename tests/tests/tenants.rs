//! Tenants of the local server: what they hold, who may have what is in them, and what goes with them.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress_api::models::{
    AuthenticationTokenConfiguration, Connection, ConnectionData, Tenant, TenantConnection, TenantData, TenantUser,
};
use authress_local::AuthressLocal;
use tests::{as_user, ask_as_owner, owner, refusal};

fn tenant(id: &str) -> Tenant {
    Tenant::new().tenant_id(id)
}

fn with_connection(tenant: Tenant, id: &str) -> Tenant {
    tenant.connection(TenantConnection::new().connection_id(id))
}

#[tokio::test]
async fn a_tenant_is_kept_as_it_was_given_until_it_is_replaced() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let given = with_connection(tenant("acme"), "con_acme")
        .tenant_lookup_identifier("acme-inc")
        .data(TenantData::new().name("Acme"))
        .domains(["acme.example"])
        .token_configuration(AuthenticationTokenConfiguration::new().access_token_duration("PT1H"));
    let created = api.create_tenant(given.clone()).await.unwrap();
    let time = created.created_time.unwrap();
    assert_eq!(created, given.created_time(time));
    assert_eq!(api.get_tenant("acme").await.unwrap(), created);

    let changed = api.update_tenant("acme", Tenant::new()).await.unwrap();
    assert_eq!(changed, tenant("acme").created_time(time));
    assert_eq!(api.get_tenant("acme").await.unwrap(), changed);
    assert_eq!(refusal(api.update_tenant("acme", tenant("other")).await), 400);
    for missing in ["other", "Acme"] {
        assert_eq!(refusal(api.get_tenant(missing).await), 404);
        assert_eq!(refusal(api.update_tenant(missing, Tenant::new()).await), 404);
        assert_eq!(refusal(api.delete_tenant(missing).await), 404);
    }
}

#[tokio::test]
async fn the_id_of_a_tenant_is_chosen_by_the_caller_or_by_the_server_and_never_taken_twice() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    api.create_tenant(tenant("acme").data(TenantData::new().name("First")))
        .await
        .unwrap();
    assert_eq!(refusal(api.create_tenant(tenant("acme")).await), 409);
    let kept = api.get_tenant("acme").await.unwrap();
    assert_eq!(kept.data.unwrap().name.unwrap(), "First");
    for none in [Tenant::new(), tenant("")] {
        let id = api.create_tenant(none).await.unwrap().tenant_id.unwrap();
        assert!(id.starts_with("ten_") && id.len() == 24, "{id}");
    }
    api.delete_tenant("acme").await.unwrap();
    api.create_tenant(tenant("acme")).await.unwrap();
}

#[tokio::test]
async fn a_login_finds_one_tenant_by_a_name_or_by_a_domain() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let acme = || {
        tenant("acme")
            .tenant_lookup_identifier("acme.example")
            .domains(["acme.example", "acme.test"])
    };
    api.create_tenant(acme()).await.unwrap();
    api.create_tenant(tenant("other")).await.unwrap();
    for taken in [
        Tenant::new().tenant_lookup_identifier("acme.example"),
        Tenant::new().domains(["other.example", "acme.test"]),
    ] {
        assert_eq!(refusal(api.create_tenant(taken.clone()).await), 409);
        assert_eq!(refusal(api.update_tenant("other", taken).await), 409);
    }
    let free = Tenant::new()
        .tenant_lookup_identifier("acme.test")
        .domains(["x.example"]);
    api.update_tenant("other", free).await.unwrap();
    api.update_tenant("acme", acme()).await.unwrap();
}

#[tokio::test]
async fn tenants_are_found_by_parts_of_their_texts() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    api.create_tenant(tenant("t-one").data(TenantData::new().name("Acme")))
        .await
        .unwrap();
    api.create_tenant(tenant("t-two").tenant_lookup_identifier("acme-inc"))
        .await
        .unwrap();
    api.create_tenant(tenant("t-three")).await.unwrap();
    for (filter, expected) in [
        ("ACME", &["t-one", "t-two"][..]),
        ("three", &["t-three"]),
        ("no such", &[]),
    ] {
        let found = api.get_tenants().filter(filter).await.unwrap().tenants;
        let ids: Vec<String> = found.into_iter().filter_map(|tenant| tenant.tenant_id).collect();
        assert_eq!(ids, expected, "{filter}");
    }
}

#[tokio::test]
async fn a_tenant_goes_with_its_connection_and_its_users() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let of_acme = ConnectionData::new().tenant_id("acme");
    for connection in [
        Connection::new().connection_id("con_named"),
        Connection::new().connection_id("con_naming").data(of_acme),
        Connection::new().connection_id("con_other"),
    ] {
        api.create_connection(connection).await.unwrap();
    }
    api.create_tenant(with_connection(tenant("acme"), "con_named"))
        .await
        .unwrap();
    api.delete_tenant("acme").await.unwrap();
    for (connection, is_there) in [
        ("con_named", false),
        ("con_naming", false),
        ("con_other", true),
        ("con_default", true),
    ] {
        assert_eq!(api.get_connection(connection).await.is_ok(), is_there, "{connection}");
    }
}

#[tokio::test]
async fn a_connection_that_another_tenant_has_as_well_stays() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    api.create_connection(Connection::new().connection_id("con_shared"))
        .await
        .unwrap();
    for id in ["one", "two"] {
        api.create_tenant(with_connection(tenant(id), "con_shared"))
            .await
            .unwrap();
    }
    api.delete_tenant("one").await.unwrap();
    api.get_connection("con_shared").await.unwrap();
    api.delete_tenant("two").await.unwrap();
    assert_eq!(refusal(api.get_connection("con_shared").await), 404);
}

#[tokio::test]
async fn nobody_gives_a_tenant_a_connection_that_they_may_not_change() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    local.grant("mallory", "Authress:Tenants", ["CREATE", "UPDATE"]);
    let mallory = as_user(&local, "mallory");
    let api = mallory.api();
    let with_default = || with_connection(tenant("evil"), "con_default");
    assert_eq!(refusal(api.create_tenant(with_default()).await), 403);
    api.create_tenant(tenant("evil")).await.unwrap();
    assert_eq!(refusal(api.update_tenant("evil", with_default()).await), 403);
    api.delete_tenant("evil").await.unwrap();
    owner.api().get_connection("con_default").await.unwrap();

    // What the tenant has already may stay.
    owner.api().create_tenant(with_default()).await.unwrap();
    api.update_tenant("evil", with_default()).await.unwrap();
    local.grant("mallory", "Authress:Connections/con_1", ["UPDATE"]);
    api.update_tenant("evil", with_connection(tenant("evil"), "con_1"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_connection_that_a_tenant_names_is_made_by_who_may_change_it() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    owner
        .api()
        .create_tenant(with_connection(tenant("acme"), "con_gone"))
        .await
        .unwrap();
    local.grant("mallory", "Authress:Connections", ["CREATE"]);
    let mallory = as_user(&local, "mallory");
    let named = || Connection::new().connection_id("con_gone");
    assert_eq!(refusal(mallory.api().create_connection(named()).await), 403);
    let of_acme = ConnectionData::new().tenant_id("acme");
    let of_acme = || Connection::new().connection_id("con_own").data(of_acme.clone());
    assert_eq!(refusal(mallory.api().create_connection(of_acme()).await), 403);
    mallory
        .api()
        .create_connection(Connection::new().connection_id("con_own"))
        .await
        .unwrap();
    local.grant("mallory", "Authress:Connections/con_own", ["UPDATE"]);
    assert_eq!(
        refusal(mallory.api().update_connection("con_own", of_acme()).await),
        403
    );
    local.grant("mallory", "Authress:Connections/con_gone", ["UPDATE"]);
    mallory.api().create_connection(named()).await.unwrap();
    local.grant("mallory", "Authress:Tenants/acme", ["UPDATE"]);
    mallory.api().update_connection("con_own", of_acme()).await.unwrap();
}

#[tokio::test]
async fn who_may_do_something_with_connections_may_do_it_with_tenants() {
    let local = AuthressLocal::start().await.unwrap();
    for action in ["CREATE", "READ", "UPDATE"] {
        local.grant(action, "Authress:Connections", [action]);
        local.grant(&format!("{action}-one"), "Authress:Connections/acme", [action]);
    }
    let user = |name: &str| as_user(&local, name);
    assert_eq!(
        refusal(user("CREATE-one").api().create_tenant(tenant("acme")).await),
        403
    );
    user("CREATE").api().create_tenant(tenant("acme")).await.unwrap();
    assert_eq!(refusal(user("READ-one").api().get_tenant("acme").await), 403);
    user("READ").api().get_tenant("acme").await.unwrap();
    assert_eq!(user("READ").api().get_tenants().await.unwrap().tenants.len(), 1);
    assert_eq!(refusal(user("UPDATE-one").api().delete_tenant("acme").await), 403);
    user("UPDATE").api().delete_tenant("acme").await.unwrap();
}

#[tokio::test]
async fn a_user_is_linked_to_a_tenant_that_is_there() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let alice = || TenantUser::new().user_id("alice");
    assert_eq!(refusal(api.link_tenant_user("acme", alice()).await), 404);
    api.create_tenant(tenant("acme")).await.unwrap();
    for _ in 0..2 {
        let answer = ask_as_owner(&local, "PATCH", "/v1/tenants/acme/users", r#"{"userId":"alice"}"#).await;
        assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    }
    assert_eq!(refusal(api.link_tenant_user("acme", TenantUser::new()).await), 400);
}

#[tokio::test]
async fn the_id_of_a_tenant_is_no_name_by_which_another_is_found() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    api.create_tenant(tenant("t-one").tenant_lookup_identifier("acme"))
        .await
        .unwrap();
    assert_eq!(refusal(api.create_tenant(tenant("acme")).await), 409);
    let named = Tenant::new().tenant_lookup_identifier("t-one");
    assert_eq!(refusal(api.create_tenant(named).await), 409);
    let own = Tenant::new().tenant_lookup_identifier("t-one");
    api.update_tenant("t-one", own).await.unwrap();
    api.create_tenant(tenant("acme")).await.unwrap();
}
