//! The seven flows that every SDK of the service teaches: the example of each runs, and the rules behind it hold for the example's own code.

mod rules;

/// The examples of `authress`, as they are.
macro_rules! examples {
    ($($name:ident in $path:literal;)*) => {$(
        #[path = $path]
        #[allow(dead_code, reason = "it is a program, and has a main function")]
        mod $name;
    )*

        mod example {
            $(
                #[tokio::test]
                async fn $name() {
                    super::$name::run().await.unwrap();
                }
            )*
        }
    };
}

examples! {
    authorize_with_user_token in "../../../authress/examples/authorize_with_user_token.rs";
    authorize_with_service_client in "../../../authress/examples/authorize_with_service_client.rs";
    service_client_as_api_key in "../../../authress/examples/service_client_as_api_key.rs";
    api_key_for_a_user in "../../../authress/examples/api_key_for_a_user.rs";
    verify_token in "../../../authress/examples/verify_token.rs";
    manage_access in "../../../authress/examples/manage_access.rs";
    without_an_account in "../../../authress/examples/without_an_account.rs";
}
