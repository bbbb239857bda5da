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
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "request/too-large" | "request/unsupported-media-type" | "request/invalid" | "request/header-too-large" | "rate/limited" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/unavailable";
            /** @description Every fault of the input at once, with 422. */
            errors?: {
                /** @description The field or parameter; `body` for the body as a whole. */
                field: string;
                /** @description What is wrong with it, continuing its name: "must be …". */
                message: string;
            }[];
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
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "request/too-large" | "request/unsupported-media-type" | "request/invalid" | "request/header-too-large" | "rate/limited" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/unavailable";
            /** @description Every fault of the input at once, with 422. */
            errors?: {
                /** @description The field or parameter; `body` for the body as a whole. */
                field: string;
                /** @description What is wrong with it, continuing its name: "must be …". */
                message: string;
            }[];
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
                /** @description Tasks on a page. */
                limit?: number;
                /** @description Where the previous page ended, as it said. Not with `offset`. */
                cursor?: string;
                /** @description Tasks to skip, for numbered pages. */
                offset?: number;
                /** @description Whether to count the tasks of all pages. */
                count?: boolean;
            };
            header?: never;
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
            /** @description The input breaks a rule: `errors` lists every fault. */
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
            /** @description Too many requests: `Retry-After` says when to come back. */
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
            header?: never;
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
            /** @description The body cannot be read: not JSON, not UTF-8, nested too deep. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
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
            /** @description The input breaks a rule: `errors` lists every fault. */
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
            /** @description Too many requests: `Retry-After` says when to come back. */
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
            header?: never;
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
            /** @description The input breaks a rule: `errors` lists every fault. */
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
            /** @description Too many requests: `Retry-After` says when to come back. */
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
            header?: never;
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
            /** @description The body cannot be read: not JSON, not UTF-8, nested too deep. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
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
            /** @description The input breaks a rule: `errors` lists every fault. */
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
            /** @description Too many requests: `Retry-After` says when to come back. */
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
            header?: never;
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
            /** @description The body cannot be read: not JSON, not UTF-8, nested too deep. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
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
            /** @description The input breaks a rule: `errors` lists every fault. */
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
            /** @description Too many requests: `Retry-After` says when to come back. */
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
            header?: never;
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
            /** @description The body cannot be read: not JSON, not UTF-8, nested too deep. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
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
            /** @description The input breaks a rule: `errors` lists every fault. */
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
            /** @description Too many requests: `Retry-After` says when to come back. */
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
            header?: never;
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
            /** @description The body cannot be read: not JSON, not UTF-8, nested too deep. */
            400: {
                headers: {
                    /** @description Under which the server logged this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
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
            /** @description The input breaks a rule: `errors` lists every fault. */
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
            /** @description Too many requests: `Retry-After` says when to come back. */
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
