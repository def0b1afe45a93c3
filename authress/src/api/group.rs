//! What all groups of calls have in common: an operation of the description is one line here, besides its documentation.

/// Makes a group of calls: `method(argument, other: Type) -> Request;` begins the call of a request. An argument without a type is a text.
macro_rules! group {
    (
        $(#[$about:meta])*
        $group:ident;

        $(
            $(#[$meta:meta])*
            $method:ident($($argument:ident $(: $of:ty)?),*) -> $request:ident;
        )+
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        pub struct $group<'a>(pub(super) &'a crate::AuthressClient);

        #[allow(deprecated, reason = "an operation that is advised against is passed on, with the advice")]
        impl<'a> $group<'a> {
            #[cfg(test)]
            pub(super) const METHODS: &'static [super::group::Method] =
                &[$((stringify!($method), <crate::requests::$request as crate::Request>::OPERATION)),+];

            pub(super) fn new(client: &'a crate::AuthressClient) -> Self {
                Self(client)
            }

            $(
                $(#[$meta])*
                ///
                /// # Errors
                #[doc = concat!(
                    "Any [`Error`](crate::Error): see its predicates. The permission that the caller needs and what each status means are told at [`",
                    stringify!($request), "`](crate::requests::", stringify!($request), ")."
                )]
                pub fn $method(
                    &self,
                    $($argument: impl Into<super::group::argument!($($of)?)>),*
                ) -> crate::Call<crate::requests::$request> {
                    crate::Call::new(self.0.api(), crate::requests::$request::new($($argument),*))
                }
            )+
        }
    };
}

macro_rules! argument {
    () => {
        String
    };
    ($of:ty) => {
        $of
    };
}

pub(super) use {argument, group};

/// The name of a method, and the operation that it calls.
#[cfg(test)]
pub(super) type Method = (&'static str, &'static crate::Operation);
