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
         * Apply a batch of operations
         * @description Applies up to 100 operations in one transaction. With `atomic`, the default, either all of them are stored or none: if one is rejected, the response is a 422 whose `results` list the errors of each operation. Otherwise each operation succeeds or fails by itself, with its own `status`.
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
         * @description Takes all fields or only those to change: a field that is left out keeps its value.
         */
        put: operations["replaceTaskOfToken"];
        post?: never;
        /**
         * Delete a task
         * @description Moves a task to the trash, from which it can be restored.
         */
        delete: operations["deleteTaskOfToken"];
        options?: never;
        head?: never;
        /**
         * Change some fields of a task
         * @description A merge patch (RFC 7396): a field that is left out keeps its value, `null` clears the description.
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
         * Set or toggle completion
         * @description Without a body it toggles. With `{"completed": true}` or `{"completed": false}` it sets the state and is safe to repeat.
         */
        patch: operations["completeTaskOfToken"];
        trace?: never;
    };
    "/api/tasks/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted task
         * @description Brings a task back from the trash: the same `id` and content, at a new `revision`. Safe to repeat: a task that exists is returned as it is. `If-Match` is about the revision of the deletion.
         */
        post: operations["restoreTaskOfToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was done to a task
         * @description Every change of a task that is kept, newest first, also of a deleted one. A `revision` is what undoing names.
         */
        get: operations["taskHistoryOfToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deleted tasks
         * @description The tasks that can be restored, newest deletion first.
         */
        get: operations["listTrashOfToken"];
        put?: never;
        post?: never;
        /**
         * Empty the trash
         * @description Removes all deleted tasks for good. Their history keeps what was done, and no content.
         */
        delete: operations["purgeTrashOfToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/trash/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a deleted task for good
         * @description The task can no longer be restored. Its history keeps what was done, and no content.
         */
        delete: operations["purgeTaskOfToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List changes
         * @description What has changed since a cursor, in the order of revisions: the last state of each task that changed, or its deletion. Without `since`: all tasks, a page at a time by id, and then what has changed since the first page. Keep the last `cursor`, and ask again with it as `since`.
         */
        get: operations["listChangesOfToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/changes/{revision}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a change
         * @description Takes a change back by a new one, with all changes of the same batch. A field goes back only if it still has the value that the change gave it: otherwise 409, which names the fields with both values. An undo can be undone.
         */
        post: operations["undoChangeOfToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow changes
         * @description Server-Sent Events: each change of a task as an event `change`, whose data is a row of the list of changes and whose `id` is a cursor of it. Three events come last, each with a sentence in `message`: `reset`, when the changes since the cursor are not kept, so start again with the list of changes; `lag`, when you read too slowly; `expired`, with the token. Without one of them the connection was lost: connect again with `Last-Event-ID`, which an `EventSource` does by itself.
         */
        get: operations["streamEventsOfToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
            /** @description Numbered per user from 1; never reused. */
            id: number;
            /** @description The owner: the `sub` claim of their tokens. */
            user_id: string;
            title: string;
            description: string | null;
            completed: boolean;
            /**
             * Format: date-time
             * @description Time of creation, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Time of the last change, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            updated_at: string;
            /** @description The value of the owner's change counter at this task's last change. */
            revision: number;
        };
        /**
         * Change
         * @example {
         *       "op": "delete",
         *       "id": 12,
         *       "revision": 42,
         *       "at": "2026-11-20T09:31:00.123Z"
         *     }
         */
        Change: {
            /** @enum {string} */
            op: "put";
            task: components["schemas"]["Task"];
        } | {
            /** @enum {string} */
            op: "delete";
            /**
             * @description The task's id.
             * @example 12
             */
            id: number;
            /**
             * @description The value of the owner's change counter after the change.
             * @example 41
             */
            revision: number;
            /**
             * Format: date-time
             * @description Time of the deletion, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            at: string;
        };
        /**
         * DeletedTask
         * @example {
         *       "id": 12,
         *       "user_id": "GpHsx23FEWJPebLYU79JqYmrGmg6eOr3",
         *       "title": "Buy milk",
         *       "description": null,
         *       "completed": false,
         *       "created_at": "2026-11-20T09:30:00.123Z",
         *       "updated_at": "2026-11-20T09:30:00.123Z",
         *       "revision": 42,
         *       "deleted_at": "2026-11-20T09:31:00.123Z"
         *     }
         */
        DeletedTask: {
            /** @description Numbered per user from 1; never reused. */
            id: number;
            /** @description The owner: the `sub` claim of their tokens. */
            user_id: string;
            title: string;
            description: string | null;
            completed: boolean;
            /**
             * Format: date-time
             * @description Time of creation, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Time of the last change, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            updated_at: string;
            /** @description The value of the change counter at the deletion: the ETag, in quotes, for `If-Match` on restoring. */
            revision: number;
            /**
             * Format: date-time
             * @description Time of the deletion, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            deleted_at: string;
        };
        /**
         * HistoryEntry
         * @example {
         *       "revision": 41,
         *       "at": "2026-11-20T09:30:30.123Z",
         *       "kind": "updated",
         *       "changed": {
         *         "title": [
         *           "Buy milk",
         *           "Buy oat milk"
         *         ]
         *       },
         *       "request_id": "0b5f2d2e7c8f4d7b9a51c3c1b6f0a2d4"
         *     }
         */
        HistoryEntry: {
            /**
             * @description The value of the owner's change counter after the change.
             * @example 41
             */
            revision: number;
            /**
             * Format: date-time
             * @description Time of the change, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            at: string;
            /**
             * @description What was done to the task.
             * @enum {unknown}
             */
            kind: "created" | "updated" | "deleted" | "restored";
            /** @description The fields that changed, each with its value before and after; `null` where there was no task. Empty once the task was removed from the trash. */
            changed: {
                title?: [
                    string | null,
                    string | null
                ];
                description?: [
                    string | null,
                    string | null
                ];
                completed?: [
                    boolean | null,
                    boolean | null
                ];
            };
            /** @description The first revision of the changes that were made in one step with it. */
            batch?: number;
            /** @description The `X-Request-Id` of the request that made it. */
            request_id?: string;
        };
        /**
         * Problem
         * @description An error (RFC 9457).
         */
        Problem: {
            /** @description Always `about:blank`: `code` identifies the problem. */
            type: string;
            /** @description The name of the status. */
            title: string;
            status: number;
            /** @description A sentence to show to the user; says what to do next. */
            detail: string;
            /**
             * @description Stable error code for programs, such as `task/not-found`.
             * @enum {unknown}
             */
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "change/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "idempotency/in-flight" | "task/quota-exceeded" | "undo/superseded" | "changes/gone" | "task/purged" | "request/precondition-failed" | "task/stale" | "request/too-large" | "request/unsupported-media-type" | "request/range-not-satisfiable" | "request/invalid" | "idempotency/mismatch" | "search/too-slow" | "batch/refused" | "batch/not-applied" | "request/header-too-large" | "rate/limited" | "idempotency/too-many" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/busy" | "database/unavailable";
            /** @description With 422: every fault of the input. */
            errors?: {
                /** @description The field or parameter; `body` means the body as a whole. */
                field: string;
                /** @description The fault, worded to follow the field’s name: "must be …". */
                message: string;
            }[];
            current?: components["schemas"]["Task"];
            /** @description With an undo that is not possible: the fields that changed since, with both values. */
            superseded?: {
                id: number;
                field: string;
                given: unknown;
                current: unknown;
            }[];
            /** @description With a rejected batch: the result of each operation. */
            results?: ({
                status: number;
            } & {
                [key: string]: unknown;
            })[];
            /** @description Identifies this request in the server’s log; the same as `X-Request-Id`. */
            request_id: string;
        };
        /**
         * Failure
         * @description An error in the envelope.
         */
        Failure: {
            /** @enum {boolean} */
            success: false;
            /** @description A sentence to show to the user; says what to do next. */
            error: string;
            /**
             * @description Stable error code for programs, such as `task/not-found`.
             * @enum {unknown}
             */
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "change/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "idempotency/in-flight" | "task/quota-exceeded" | "undo/superseded" | "changes/gone" | "task/purged" | "request/precondition-failed" | "task/stale" | "request/too-large" | "request/unsupported-media-type" | "request/range-not-satisfiable" | "request/invalid" | "idempotency/mismatch" | "search/too-slow" | "batch/refused" | "batch/not-applied" | "request/header-too-large" | "rate/limited" | "idempotency/too-many" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/busy" | "database/unavailable";
            /** @description With 422: every fault of the input. */
            errors?: {
                /** @description The field or parameter; `body` means the body as a whole. */
                field: string;
                /** @description The fault, worded to follow the field’s name: "must be …". */
                message: string;
            }[];
            current?: components["schemas"]["Task"];
            /** @description With an undo that is not possible: the fields that changed since, with both values. */
            superseded?: {
                id: number;
                field: string;
                given: unknown;
                current: unknown;
            }[];
            /** @description With a rejected batch: the result of each operation. */
            results?: ({
                status: number;
            } & {
                [key: string]: unknown;
            })[];
            /** @description Identifies this request in the server’s log; the same as `X-Request-Id`. */
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
                /** @description Filters by completion. */
                status?: "all" | "pending" | "completed";
                /**
                 * @description Finds tasks whose title or description contains this text, ignoring case. There are no wildcards.
                 * @example milk
                 */
                search?: string;
                /** @description The field to sort by. */
                sort?: "created_at" | "updated_at" | "title";
                /** @description By default `desc` for times and `asc` for titles. Ties are ordered by `id`. */
                order?: "asc" | "desc";
                /**
                 * @description Tasks per page.
                 * @example 20
                 */
                limit?: number;
                /** @description The cursor that came with the previous page. Cannot be combined with `offset`. */
                cursor?: string;
                /**
                 * @description Number of tasks to skip, for numbered pages.
                 * @example 200
                 */
                offset?: number;
                /** @description Whether to include the number of tasks on all pages. */
                count?: boolean;
            };
            header?: {
                /** @description ETags of stored copies: 304 if one of them is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of tasks. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The version of this list. Send it as `If-None-Match` to learn whether the list has changed. */
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
                            /** @description Send it as `cursor` to get the next page; `null` on the last page. */
                            next_cursor: string | null;
                            /** @description The number of tasks on all pages, with `count=true`. */
                            total?: number;
                        };
                    };
                };
            };
            /** @description Not modified: the stored copy is current. */
            304: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The same ETag as before. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid HTTP, or has no `Host` header. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
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
                     * @description 1 to 200 characters. White space at both ends is trimmed.
                     * @example Buy milk
                     */
                    title: string;
                    /**
                     * @description Up to 1000 characters, stored as sent; `null` if there is none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether the task is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The new task. */
            201: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The path of the new task. */
                    Location?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields. */
            409: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt, with `idempotency/in-flight`. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
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
                    /** @description Applied in order, in one transaction: each operation sees the effects of those before it. */
                    operations: ({
                        /** @constant */
                        op: "create";
                        /**
                         * @description 1 to 200 characters. White space at both ends is trimmed.
                         * @example Buy milk
                         */
                        title: string;
                        /**
                         * @description Up to 1000 characters, stored as sent; `null` if there is none.
                         * @example Two litres
                         */
                        description?: string | null;
                        /** @description Whether the task is done. */
                        completed?: boolean;
                    } | {
                        /** @constant */
                        op: "update";
                        /**
                         * @description The task's id.
                         * @example 12
                         */
                        id: number;
                        /** @description Write only if the task is at this revision: `If-Match` for one operation. */
                        if_revision?: number;
                        /**
                         * @description 1 to 200 characters. White space at both ends is trimmed.
                         * @example Buy milk
                         */
                        title?: string;
                        /**
                         * @description Up to 1000 characters, stored as sent; `null` if there is none.
                         * @example Two litres
                         */
                        description?: string | null;
                        /** @description Whether the task is done. */
                        completed?: boolean;
                    } | {
                        /** @constant */
                        op: "complete";
                        /**
                         * @description The task's id.
                         * @example 12
                         */
                        id: number;
                        /** @description Write only if the task is at this revision: `If-Match` for one operation. */
                        if_revision?: number;
                        /** @description Whether the task is done. */
                        completed?: boolean;
                    } | {
                        /** @constant */
                        op: "delete";
                        /**
                         * @description The task's id.
                         * @example 12
                         */
                        id: number;
                        /** @description Write only if the task is at this revision: `If-Match` for one operation. */
                        if_revision?: number;
                    } | {
                        /** @constant */
                        op: "restore";
                        /**
                         * @description The task's id.
                         * @example 12
                         */
                        id: number;
                        /** @description Write only if the task is at this revision: `If-Match` for one operation. */
                        if_revision?: number;
                    } | {
                        /** @constant */
                        op: "undo";
                        /**
                         * @description The value of the owner's change counter after the change.
                         * @example 41
                         */
                        revision: number;
                    })[];
                    /**
                     * @description Whether one rejected operation rejects the whole batch.
                     * @default true
                     */
                    atomic?: boolean;
                    /**
                     * @description Whether to return the results without storing anything.
                     * @default false
                     */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description The result of each operation. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: {
                            /** @description Whether the successful operations were stored. */
                            applied: boolean;
                            dry_run: boolean;
                            /** @description One result per operation, in the same order. */
                            results: {
                                /** @description The status of the same operation as a request of its own: 200, 201, 204, 404 … */
                                status: number;
                                task?: components["schemas"]["Task"];
                                /** @description What has become of each task, with `undo`. */
                                changes?: components["schemas"]["Change"][];
                                error?: components["schemas"]["Failure"];
                            }[];
                        };
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields. */
            409: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt, with `idempotency/in-flight`. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
                /** @description ETags of stored copies: 304 if one of them is current. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing. */
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
            /** @description Not modified: the stored copy is current. */
            304: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The same ETag as before. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid HTTP, or has no `Host` header. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
                /** @description Write only if the task still has one of these ETags: otherwise 412. */
                "If-Match"?: string;
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
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
                     * @description 1 to 200 characters. White space at both ends is trimmed.
                     * @example Buy milk
                     */
                    title?: string;
                    /**
                     * @description Up to 1000 characters, stored as sent; `null` if there is none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether the task is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields. */
            409: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt, with `idempotency/in-flight`. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The task has changed: `current` is its current state. */
            412: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
                /** @description Write only if the task still has one of these ETags: otherwise 412. */
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
            /** @description The task is deleted. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The task has changed: `current` is its current state. */
            412: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
                /** @description Write only if the task still has one of these ETags: otherwise 412. */
                "If-Match"?: string;
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
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
                     * @description 1 to 200 characters. White space at both ends is trimmed.
                     * @example Buy milk
                     */
                    title?: string;
                    /**
                     * @description Up to 1000 characters, stored as sent; `null` if there is none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether the task is done. */
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
                     * @description 1 to 200 characters. White space at both ends is trimmed.
                     * @example Buy milk
                     */
                    title?: string;
                    /**
                     * @description Up to 1000 characters, stored as sent; `null` if there is none.
                     * @example Two litres
                     */
                    description?: string | null;
                    /** @description Whether the task is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields. */
            409: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt, with `idempotency/in-flight`. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The task has changed: `current` is its current state. */
            412: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
                /** @description Write only if the task still has one of these ETags: otherwise 412. */
                "If-Match"?: string;
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
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
        /** @description The state to set. Leave it out to toggle, which is not safe to repeat. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "completed": true
                 *     }
                 */
                "application/json": {
                    /** @description Whether the task is done. */
                    completed?: boolean;
                };
            };
        };
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields. */
            409: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt, with `idempotency/in-flight`. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The task has changed: `current` is its current state. */
            412: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    restoreTaskOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Write only if the task still has one of these ETags: otherwise 412. */
                "If-Match"?: string;
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
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
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields. */
            409: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt, with `idempotency/in-flight`. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gone for good: a task that was removed from the trash, or changes that are not kept any more. */
            410: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The task has changed: `current` is its current state. */
            412: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    taskHistoryOfToken: {
        parameters: {
            query?: {
                /**
                 * @description Entries per page.
                 * @example 20
                 */
                limit?: number;
                /** @description The cursor that came with the previous page. */
                cursor?: string;
            };
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
            /** @description Some of the changes, newest first. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["HistoryEntry"][];
                        meta: {
                            limit: number;
                            /** @description Send it as `cursor` to get the next page; `null` on the last page. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description The request is not valid HTTP, or has no `Host` header. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listTrashOfToken: {
        parameters: {
            query?: {
                /**
                 * @description Entries per page.
                 * @example 20
                 */
                limit?: number;
                /** @description The cursor that came with the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some of the deleted tasks. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["DeletedTask"][];
                        meta: {
                            limit: number;
                            /** @description Send it as `cursor` to get the next page; `null` on the last page. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description The request is not valid HTTP, or has no `Host` header. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    purgeTrashOfToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many tasks were removed. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /**
                         * @example {
                         *       "purged": 3
                         *     }
                         */
                        data: {
                            /** @description The number of tasks that were removed for good. */
                            purged: number;
                        };
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    purgeTaskOfToken: {
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
            /** @description The task is removed for good. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB. */
            413: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listChangesOfToken: {
        parameters: {
            query?: {
                /** @description The `cursor` of the previous response. Without it: all tasks, then what changes. */
                since?: string;
                /**
                 * @description Changes per page.
                 * @example 20
                 */
                limit?: number;
            };
            header?: {
                /** @description ETags of stored copies: 304 if one of them is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some of the changes. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The version of this page. Send it as `If-None-Match` to learn whether it has changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Change"][];
                        meta: {
                            /** @description Send it as `since` to get what changes after this page. */
                            cursor: string;
                            /** @description Whether there is more already. A page may be empty and still have more. */
                            has_more: boolean;
                        };
                    };
                };
            };
            /** @description Not modified: the stored copy is current. */
            304: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The same ETag as before. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid HTTP, or has no `Host` header. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone for good: a task that was removed from the trash, or changes that are not kept any more. */
            410: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    undoChangeOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The value of the owner's change counter after the change.
                 * @example 41
                 */
                revision: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What has become of each task. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Change"][];
                    };
                };
            };
            /** @description The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The user has no such task, or no such change. */
            404: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields. */
            409: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt, with `idempotency/in-flight`. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gone for good: a task that was removed from the trash, or changes that are not kept any more. */
            410: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    streamEventsOfToken: {
        parameters: {
            query?: {
                /** @description A `cursor` of the list of changes. Without it the stream begins with what changes now. */
                since?: string;
            };
            header?: {
                /** @description The `id` of the last event: goes on after it. Takes precedence over `since`. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, until the client closes the connection. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not valid HTTP, or has no `Host` header. */
            400: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid: `detail` or `error` says why and what to do. */
            401: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The challenge (RFC 6750). */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The path names another user than the token, or a write with a cookie comes from an origin that is not allowed. */
            403: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
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
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower. */
            422: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many requests, or too many idempotency keys: `Retry-After` says when to retry. */
            429: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The request line and headers are larger than 16 KiB. */
            431: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An internal server error. The log has the cause under `request_id`. */
            500: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Temporarily unavailable: the database cannot be reached, or the server is overloaded. */
            503: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait before the next attempt. */
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
