declare const userIdBrand: unique symbol;
/** Who a user is: the opaque `sub` of their tokens, 1–255 code points. Never assumed to be a UUID. */
export type UserId = string & { readonly [userIdBrand]: true };
