declare const userIdBrand: unique symbol;
/** A user's id: the opaque `sub` of their tokens, 1–255 code points, not necessarily a UUID. */
export type UserId = string & { readonly [userIdBrand]: true };
