//! Every operation has its mock, which answers for it and for no other.

#![allow(deprecated, reason = "every operation has a mock")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress_api::{Client, OPERATIONS, Operation, Request};
use authress_mocks::{AuthressMocks as _, Then, When};
use httpmock::MockServer;

/// Answers with the id of the operation.
fn by_its_id<R: Request>(_: When<R>, then: Then<R>) {
    then.status(200).header("x-mock", R::OPERATION.id);
}

fn id_of<R: Request>(_: impl FnOnce(&MockServer, fn(When<R>, Then<R>))) -> &'static str {
    R::OPERATION.id
}

/// Calls `$with` for each method of the mocks.
macro_rules! each_method {
    ($with:ident) => {
        $with!(
            get_records,
            create_record,
            get_record,
            update_record,
            delete_record,
            get_requests,
            create_request,
            get_request,
            delete_request,
            respond_to_access_request,
            create_claim,
            authorize_user,
            get_user_permissions_for_resource,
            get_user_roles_for_resource,
            get_user_resources,
            disable_user_token,
            get_roles,
            create_role,
            get_role,
            update_role,
            delete_role,
            get_groups,
            create_group,
            get_group,
            update_group,
            delete_group,
            get_permissioned_resources,
            get_permissioned_resource,
            update_permissioned_resource,
            get_resource_users,
            create_invite,
            get_invite,
            delete_invite,
            respond_to_invite,
            get_users,
            get_user,
            set_user_token_configuration,
            delete_user,
            get_clients,
            create_client,
            get_client,
            update_client,
            delete_client,
            request_access_key,
            delete_access_key,
            get_accounts,
            get_account,
            get_account_identities,
            delegate_authentication,
            delegate_user_login,
            get_applications,
            create_application,
            get_application,
            update_application,
            delete_application,
            get_connections,
            create_connection,
            get_connection,
            update_connection,
            delete_connection,
            get_connection_credentials,
            get_tenants,
            create_tenant,
            get_tenant,
            update_tenant,
            delete_tenant,
            link_tenant_user,
            get_extensions,
            create_extension,
            get_extension,
            update_extension,
            delete_extension,
            login,
            request_token,
            update_authentication_request
        )
    };
}

fn mock_all(server: &MockServer) {
    macro_rules! mock {
        ($($method:ident),*) => { $(server.$method(by_its_id);)* };
    }
    each_method!(mock);
}

#[test]
fn there_is_a_mock_for_each_operation() {
    macro_rules! ids {
        ($($method:ident),*) => {
            [$(id_of(|server, mock| { server.$method(mock); })),*]
        };
    }
    let mut ids = each_method!(ids);
    let mut expected: Vec<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
    ids.sort_unstable();
    expected.sort_unstable();
    assert_eq!(ids.as_slice(), expected);
}

/// A path of the operation, with values that look like parts of other paths.
fn path(operation: &Operation, value: &str) -> String {
    let segment = |segment: &str| {
        if segment.starts_with('{') {
            value.to_owned()
        } else {
            segment.to_owned()
        }
    };
    operation.path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn the_mock_of_an_operation_answers_for_it_and_for_no_other() {
    let server = MockServer::start_async().await;
    mock_all(&server);
    let client = Client::new(server.base_url()).unwrap();
    for operation in OPERATIONS {
        for value in ["x", "permissions", "a%2Fresources%2Fb", "%2A", "a.b", "%C3%BC"] {
            let answer = client
                .request(operation.method.clone(), path(operation, value))
                .await
                .unwrap();
            assert_eq!(answer.headers()["x-mock"], operation.id, "{value}");
        }
    }
}
