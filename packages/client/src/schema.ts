// Made from the OpenAPI document by `npm run generate:client`: run that instead of editing this.

export interface paths {
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tasks */
        get: operations["listTasksOfToken"];
        put?: never;
        /** Create a task */
        post: operations["createTaskOfToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Several changes at once
         * @description Up to 100 operations in one step. With `atomic`, as it is if not said, all are stored or none: then one that is refused makes the answer a 422 whose `results` say what was wrong with which. Else each has its own `status`.
         */
        post: operations["applyBatchOfToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a task */
        get: operations["getTaskOfToken"];
        /**
         * Update a task
         * @description All fields, or those that changed: a field that is not named keeps its value.
         */
        put: operations["replaceTaskOfToken"];
        post?: never;
        /** Delete a task */
        delete: operations["deleteTaskOfToken"];
        options?: never;
        head?: never;
        /**
         * Change fields of a task
         * @description A merge patch (RFC 7396): a field that is not named keeps its value, `null` clears a description.
         */
        patch: operations["changeTaskOfToken"];
        trace?: never;
    };
    "/api/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Tick a task off, or on again
         * @description Toggles without a body. With `{"completed": true}` it sets, and is safe to repeat.
         */
        patch: operations["completeTaskOfToken"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Task
         * @example {
         *       "id": 12,
         *       "user_id": "GpHsx23FEWJPebLYU79JqYmrGmg6eOr3",
         *       "title": "Buy milk",
         *       "description": null,
         *       "completed": false,
         *       "created_at": "2026-11-20T09:30:00.123Z",
         *       "updated_at": "2026-11-20T09:30:00.123Z",
         *       "revision": 41
         *     }
         */
        Task: {
            /** @description Counted per user: 1, 2, 3 …, never reused. */
            id: number;
            /** @description The owner: the `sub` of their tokens. */
            user_id: string;
            title: string;
            description: string | null;
            completed: boolean;
            /**
             * Format: date-time
             * @description When it was created, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            updated_at: string;
            /** @description The owner's change counter at this task's last change. */
            revision: number;
        };
        /**
         * Problem
         * @description A refusal (RFC 9457).
         */
        Problem: {
            /** @description Always `about:blank`: `code` says which problem it is. */
            type: string;
            /** @description The status' name. */
            title: string;
            status: number;
            /** @description A sentence to show, with what to do next. */
            detail: string;
            /**
             * @description Stable, for programs: `task/not-found`.
             * @enum {unknown}
             */
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "idempotency/in-flight" | "task/quota-exceeded" | "request/precondition-failed" | "task/stale" | "request/too-large" | "request/unsupported-media-type" | "request/range-not-satisfiable" | "request/invalid" | "idempotency/mismatch" | "search/too-slow" | "batch/refused" | "batch/not-applied" | "request/header-too-large" | "rate/limited" | "idempotency/too-many" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/busy" | "database/unavailable";
            /** @description Every fault of the input at once, with 422. */
            errors?: {
                /** @description The field or parameter; `body` for the body as a whole. */
                field: string;
                /** @description What is wrong with it, continuing its name: "must be …". */
                message: string;
            }[];
            current?: components["schemas"]["Task"];
            /** @description What was wrong with each operation of a batch that was refused. */
            results?: ({
                status: number;
            } & {
                [key: string]: unknown;
            })[];
            /** @description The same as `X-Request-Id`; the server logs under it. */
            request_id: string;
        };
        /**
         * Failure
         * @description A refusal.
         */
        Failure: {
            /** @enum {boolean} */
            success: false;
            /** @description A sentence to show, with what to do next. */
            error: string;
            /**
             * @description Stable, for programs: `task/not-found`.
             * @enum {unknown}
             */
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "idempotency/in-flight" | "task/quota-exceeded" | "request/precondition-failed" | "task/stale" | "request/too-large" | "request/unsupported-media-type" | "request/range-not-satisfiable" | "request/invalid" | "idempotency/mismatch" | "search/too-slow" | "batch/refused" | "batch/not-applied" | "request/header-too-large" | "rate/limited" | "idempotency/too-many" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/busy" | "database/unavailable";
            /** @description Every fault of the input at once, with 422. */
            errors?: {
                /** @description The field or parameter; `body` for the body as a whole. */
                field: string;
                /** @description What is wrong with it, continuing its name: "must be …". */
                message: string;
            }[];
            current?: components["schemas"]["Task"];
            /** @description What was wrong with each operation of a batch that was refused. */
            results?: ({
                status: number;
            } & {
                [key: string]: unknown;
            })[];
            /** @description The same as `X-Request-Id`; the server logs under it. */
            request_id: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listTasksOfToken: {
        parameters: {
            query?: {
                /** @description Which tasks. */
                status?: "all" | "pending" | "completed";
                /**
                 * @description Text in title or description, without regard to case. Every character stands for itself.
                 * @example milk
                 */
                search?: string;
                /** @description What to sort by. */
                sort?: "created_at" | "updated_at" | "title";
                /** @description By default the newest first, titles from A to Z. Ties by `id`. */
                order?: "asc" | "desc";
                /**
                 * @description Tasks on a page.
                 * @example 20
                 */
                limit?: number;
                /** @description Where the previous page ended, as it said. Not with `offset`. */
                cursor?: string;
                /**
                 * @description Tasks to skip, for numbered pages.
                 * @example 200
                 */
                offset?: number;
                /** @description Whether to count the tasks of all pages. */
                count?: boolean;
            };
            header?: {
                /** @description ETags that you have: 304 if one still holds. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks. */
            200: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Of this list: send it as `If-None-Match` to be told whether it changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Task"][];
                        meta: {
                            limit: number;
                            /** @description `null` on the last page. */
                            next_cursor: string | null;
                            /** @description With `count=true`. */
                            total?: number;
                        };
                    };
                };
            };
            /** @description What you have is what there is. */
            304: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description As it was sent before. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP that can be read, or names no host. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    createTaskOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the request with the same key: it has its effect once, and the same answer, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Buy milk",
                 *       "description": "Two litres"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description 1–200 characters after trimming white space at both ends.
                     * @example Buy milk
                     */
                    title: string;
                    /**
                     * @description Up to 1000 characters, kept verbatim; `null` for none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether it is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The new task. */
            201: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Where it is. */
                    Location?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading, as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` on an answer that was given before. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Task"];
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a key twice in one object, nested too deep. As a problem: the request is not HTTP. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request under this `Idempotency-Key` is still being worked on; or the user has as many tasks as one may have. */
            409: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    applyBatchOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the request with the same key: it has its effect once, and the same answer, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operations": [
                 *         {
                 *           "op": "create",
                 *           "title": "Buy milk"
                 *         },
                 *         {
                 *           "op": "update",
                 *           "id": 12,
                 *           "description": null,
                 *           "if_revision": 41
                 *         },
                 *         {
                 *           "op": "complete",
                 *           "id": 13,
                 *           "completed": true
                 *         },
                 *         {
                 *           "op": "delete",
                 *           "id": 14
                 *         }
                 *       ],
                 *       "atomic": true
                 *     }
                 */
                "application/json": {
                    /** @description Worked through in their order, as one step: a later one sees what an earlier one did. */
                    operations: ({
                        /** @constant */
                        op: "create";
                        /**
                         * @description 1–200 characters after trimming white space at both ends.
                         * @example Buy milk
                         */
                        title: string;
                        /**
                         * @description Up to 1000 characters, kept verbatim; `null` for none.
                         * @example Two litres
                         */
                        description?: string | null;
                        /** @description Whether it is done. */
                        completed?: boolean;
                    } | {
                        /** @constant */
                        op: "update";
                        /**
                         * @description The task's id.
                         * @example 12
                         */
                        id: number;
                        /** @description Only if the task is at this revision, as `If-Match` says it for one. */
                        if_revision?: number;
                        /**
                         * @description 1–200 characters after trimming white space at both ends.
                         * @example Buy milk
                         */
                        title?: string;
                        /**
                         * @description Up to 1000 characters, kept verbatim; `null` for none.
                         * @example Two litres
                         */
                        description?: string | null;
                        /** @description Whether it is done. */
                        completed?: boolean;
                    } | {
                        /** @constant */
                        op: "complete";
                        /**
                         * @description The task's id.
                         * @example 12
                         */
                        id: number;
                        /** @description Only if the task is at this revision, as `If-Match` says it for one. */
                        if_revision?: number;
                        /** @description Whether it is done. */
                        completed?: boolean;
                    } | {
                        /** @constant */
                        op: "delete";
                        /**
                         * @description The task's id.
                         * @example 12
                         */
                        id: number;
                        /** @description Only if the task is at this revision, as `If-Match` says it for one. */
                        if_revision?: number;
                    })[];
                    /**
                     * @description Whether one refused operation keeps all of them from being stored.
                     * @default true
                     */
                    atomic?: boolean;
                    /**
                     * @description Whether to say only what would happen, and store nothing.
                     * @default false
                     */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description What became of each operation. */
            200: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description `true` on an answer that was given before. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: {
                            /** @description Whether all that was not refused is stored. */
                            applied: boolean;
                            dry_run: boolean;
                            /** @description One for each operation, in their order. */
                            results: {
                                /** @description As the operation by itself would have been answered: 200, 201, 204, 404 … */
                                status: number;
                                task?: components["schemas"]["Task"];
                                error?: components["schemas"]["Failure"];
                            }[];
                        };
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a key twice in one object, nested too deep. As a problem: the request is not HTTP. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request under this `Idempotency-Key` is still being worked on; or the user has as many tasks as one may have. */
            409: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    getTaskOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that you have: 304 if one still holds. */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The task's id.
                 * @example 12
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading, as `If-Match` when writing. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Task"];
                    };
                };
            };
            /** @description What you have is what there is. */
            304: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description As it was sent before. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP that can be read, or names no host. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such task among the user’s. */
            404: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    replaceTaskOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Only if the task still has one of these ETags: else 412. */
                "If-Match"?: string;
                /** @description Repeat the request with the same key: it has its effect once, and the same answer, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The task's id.
                 * @example 12
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Buy oat milk",
                 *       "description": null
                 *     }
                 */
                "application/json": {
                    /**
                     * @description 1–200 characters after trimming white space at both ends.
                     * @example Buy milk
                     */
                    title?: string;
                    /**
                     * @description Up to 1000 characters, kept verbatim; `null` for none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether it is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading, as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` on an answer that was given before. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Task"];
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a key twice in one object, nested too deep. As a problem: the request is not HTTP. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such task among the user’s. */
            404: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request under this `Idempotency-Key` is still being worked on; or the user has as many tasks as one may have. */
            409: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The task has changed: `current` is what it is now. */
            412: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    deleteTaskOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Only if the task still has one of these ETags: else 412. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The task's id.
                 * @example 12
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a key twice in one object, nested too deep. As a problem: the request is not HTTP. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such task among the user’s. */
            404: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The task has changed: `current` is what it is now. */
            412: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    changeTaskOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Only if the task still has one of these ETags: else 412. */
                "If-Match"?: string;
                /** @description Repeat the request with the same key: it has its effect once, and the same answer, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The task's id.
                 * @example 12
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Buy oat milk",
                 *       "description": null
                 *     }
                 */
                "application/json": {
                    /**
                     * @description 1–200 characters after trimming white space at both ends.
                     * @example Buy milk
                     */
                    title?: string;
                    /**
                     * @description Up to 1000 characters, kept verbatim; `null` for none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether it is done. */
                    completed?: boolean;
                };
                /**
                 * @example {
                 *       "title": "Buy oat milk",
                 *       "description": null
                 *     }
                 */
                "application/merge-patch+json": {
                    /**
                     * @description 1–200 characters after trimming white space at both ends.
                     * @example Buy milk
                     */
                    title?: string;
                    /**
                     * @description Up to 1000 characters, kept verbatim; `null` for none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether it is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading, as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` on an answer that was given before. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Task"];
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a key twice in one object, nested too deep. As a problem: the request is not HTTP. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such task among the user’s. */
            404: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request under this `Idempotency-Key` is still being worked on; or the user has as many tasks as one may have. */
            409: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The task has changed: `current` is what it is now. */
            412: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    completeTaskOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Only if the task still has one of these ETags: else 412. */
                "If-Match"?: string;
                /** @description Repeat the request with the same key: it has its effect once, and the same answer, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The task's id.
                 * @example 12
                 */
                id: number;
            };
            cookie?: never;
        };
        /** @description Nothing, to toggle; or the state to set, which is safe to repeat. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "completed": true
                 *     }
                 */
                "application/json": {
                    /** @description Whether it is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading, as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` on an answer that was given before. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Task"];
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a key twice in one object, nested too deep. As a problem: the request is not HTTP. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that does not hold: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description RFC 6750. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path's user is not the token's, or a write by cookie comes from a page that is not listed. */
            403: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such task among the user’s. */
            404: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request did not arrive in time. */
            408: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request under this `Idempotency-Key` is still being worked on; or the user has as many tasks as one may have. */
            409: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The task has changed: `current` is what it is now. */
            412: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it. */
            422: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to come back. */
            429: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Its first line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Not right now: the database cannot be reached, or there is too much to do. */
            503: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
}

/** The JSON types of a task's fields. */
export const taskTypes = {
    id: ["integer"],
    user_id: ["string"],
    title: ["string"],
    description: ["string","null"],
    completed: ["boolean"],
    created_at: ["string"],
    updated_at: ["string"],
    revision: ["integer"],
} as const;
