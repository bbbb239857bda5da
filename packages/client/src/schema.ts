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
    "/api/tasks/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count tasks
         * @description How many tasks there are of each kind: what a sidebar shows.
         */
        get: operations["summariseTasksOfToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tags
         * @description All tags of the user’s tasks in the order of their texts, each with how many tasks have it.
         */
        get: operations["listTagsOfToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/tags/{name}": {
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
         * Remove a tag
         * @description Takes the tag off all tasks that have it, in one step, which can be undone as one. The tasks stay.
         */
        delete: operations["removeTagOfToken"];
        options?: never;
        head?: never;
        /**
         * Rename a tag
         * @description Renames the tag on all tasks that have it, in one step, which can be undone as one. A tag is named in any case, percent-encoded.
         */
        patch: operations["renameTagOfToken"];
        trace?: never;
    };
    "/api/tasks/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how the user counts days
         * @description The user’s time zone, and when their days and weeks start: what `due_at`, reminders and `due=today` go by.
         */
        get: operations["getSettingsOfToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how the user counts days
         * @description Changes the named settings. In the same step, `due_at` and the reminders of every task whose dates go by them are computed anew; dates that name their zone, and instants, stay what they are.
         */
        patch: operations["changeSettingsOfToken"];
        trace?: never;
    };
    "/api/tasks/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the limits, and the user’s use of them
         * @description The bounds of everything that can be sent, as `/api/limits` has them, and how much of them is used.
         */
        get: operations["getOwnerLimitsOfToken"];
        put?: never;
        post?: never;
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
         * @description A merge patch (RFC 7396): a field that is left out keeps its value, `null` clears one that may be empty. Fields that Taskward sets may be sent as they are: `{...task, title}`.
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
         * @description Without a body it toggles. With `{"completed": true}` or `{"completed": false}` it sets the state and is safe to repeat. Completing a recurring task completes its occurrence: the task stays open and moves on to the next one, and `completed_occurrence` says which was completed. With `occurrence`, the `due_date` that you have seen, that is safe to repeat, too.
         */
        patch: operations["completeTaskOfToken"];
        trace?: never;
    };
    "/api/tasks/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a task in the user’s own order
         * @description Puts the task right before or after another, or to an end. A list with `sort=position` has this order. Only the `position` of the task changes, except where the tasks around it need new ones, too.
         */
        post: operations["moveTaskOfToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/tasks/{id}/occurrences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the completed occurrences of a task
         * @description The occurrences of a recurring task that were completed, newest first, as far as changes are kept. Also of a deleted task.
         */
        get: operations["listOccurrencesOfToken"];
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
         * @description Server-Sent Events: each change of a task as an event `change`, whose data is a row of the list of changes and whose `id` is a cursor of it. When a reminder comes due, an event `reminder` has `reminder` (`at`, `late`), `task` and its place in the log as `revision`; it changes no task. Three events come last, each with a sentence in `message`: `reset`, when the changes since the cursor are not kept, so start again with the list of changes; `lag`, when you read too slowly; `expired`, with the token. Without one of them the connection was lost: connect again with `Last-Event-ID`, which an `EventSource` does by itself.
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
         *       "title": "Pay the rent",
         *       "description": null,
         *       "completed": false,
         *       "priority": "high",
         *       "tags": [
         *         "home"
         *       ],
         *       "due_date": "2026-12-01",
         *       "due_at": "2026-12-01T23:59:59.999Z",
         *       "repeat": {
         *         "rule": "FREQ=MONTHLY",
         *         "from": "due",
         *         "short_months": "last",
         *         "start": "2026-11-01"
         *       },
         *       "reminders": [
         *         {
         *           "before": "PT30M"
         *         }
         *       ],
         *       "position": "h0000000c",
         *       "metadata": {},
         *       "completed_at": null,
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
            /** @description 1 to 200 characters. White space at both ends is trimmed. */
            title: string;
            /** @description Up to 1000 characters, stored as sent; `null` if there is none. */
            description: string | null;
            /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
            completed: boolean;
            /**
             * @description How urgent the task is; `null` if nobody has said so.
             * @enum {string|null}
             */
            priority: "urgent" | "high" | "medium" | "low" | null;
            /** @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays. */
            tags: string[];
            /** @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date. */
            due_date: string | null;
            /** @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur. */
            repeat: {
                /**
                 * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                 * @example FREQ=MONTHLY;BYMONTHDAY=31
                 */
                rule: string;
                /**
                 * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                 * @enum {unknown}
                 */
                from: "due" | "completion";
                /**
                 * @description In a month that is too short for the rule: its last day, or no occurrence.
                 * @enum {unknown}
                 */
                short_months: "last" | "skip";
                /**
                 * @description The due date from which the series is counted.
                 * @example 2026-01-31
                 */
                start: string;
            } | null;
            /** @description Up to 10 reminders, each with either `before` or `at`. */
            reminders: {
                before?: string;
                at?: string;
            }[];
            /** @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one. */
            metadata: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description The instant that `due_date` means in the user’s time zone, of a day its last millisecond; `null` without a due date, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            due_at: string | null;
            /**
             * @description The place in the user’s own order: compare as text, by code point. Moving a task changes it.
             * @example h0000000c
             */
            position: string;
            /**
             * Format: date-time
             * @description When the task was completed; `null` while it is open, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            completed_at: string | null;
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
         * ChangedTask
         * @example {
         *       "id": 12,
         *       "user_id": "GpHsx23FEWJPebLYU79JqYmrGmg6eOr3",
         *       "title": "Pay the rent",
         *       "description": null,
         *       "completed": false,
         *       "priority": "high",
         *       "tags": [
         *         "home"
         *       ],
         *       "due_date": "2027-01-01",
         *       "due_at": "2027-01-01T23:59:59.999Z",
         *       "repeat": {
         *         "rule": "FREQ=MONTHLY",
         *         "from": "due",
         *         "short_months": "last",
         *         "start": "2026-11-01"
         *       },
         *       "reminders": [
         *         {
         *           "before": "PT30M"
         *         }
         *       ],
         *       "position": "h0000000c",
         *       "metadata": {},
         *       "completed_at": null,
         *       "created_at": "2026-11-20T09:30:00.123Z",
         *       "updated_at": "2026-11-20T09:30:00.123Z",
         *       "revision": 41,
         *       "completed_occurrence": "2026-12-01",
         *       "skipped": 0
         *     }
         */
        ChangedTask: {
            /** @description Numbered per user from 1; never reused. */
            id: number;
            /** @description The owner: the `sub` claim of their tokens. */
            user_id: string;
            /** @description 1 to 200 characters. White space at both ends is trimmed. */
            title: string;
            /** @description Up to 1000 characters, stored as sent; `null` if there is none. */
            description: string | null;
            /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
            completed: boolean;
            /**
             * @description How urgent the task is; `null` if nobody has said so.
             * @enum {string|null}
             */
            priority: "urgent" | "high" | "medium" | "low" | null;
            /** @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays. */
            tags: string[];
            /** @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date. */
            due_date: string | null;
            /** @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur. */
            repeat: {
                /**
                 * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                 * @example FREQ=MONTHLY;BYMONTHDAY=31
                 */
                rule: string;
                /**
                 * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                 * @enum {unknown}
                 */
                from: "due" | "completion";
                /**
                 * @description In a month that is too short for the rule: its last day, or no occurrence.
                 * @enum {unknown}
                 */
                short_months: "last" | "skip";
                /**
                 * @description The due date from which the series is counted.
                 * @example 2026-01-31
                 */
                start: string;
            } | null;
            /** @description Up to 10 reminders, each with either `before` or `at`. */
            reminders: {
                before?: string;
                at?: string;
            }[];
            /** @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one. */
            metadata: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description The instant that `due_date` means in the user’s time zone, of a day its last millisecond; `null` without a due date, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            due_at: string | null;
            /**
             * @description The place in the user’s own order: compare as text, by code point. Moving a task changes it.
             * @example h0000000c
             */
            position: string;
            /**
             * Format: date-time
             * @description When the task was completed; `null` while it is open, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            completed_at: string | null;
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
            /**
             * @description Only where the change completed an occurrence of a recurring task: the due date of that occurrence. The task is due at the next one now.
             * @example 2026-12-01
             * @example 2026-12-01T09:00
             * @example 2026-12-01T09:00:00Z
             * @example 2026-12-01T09:00[Europe/Berlin]
             */
            completed_occurrence?: string;
            /**
             * @description With `completed_occurrence`: how many occurrences were passed over, because they were in the past.
             * @example 0
             */
            skipped?: number;
        };
        /**
         * Summary
         * @example {
         *       "pending": 12,
         *       "completed": 40,
         *       "overdue": 2,
         *       "today": 3,
         *       "priorities": {
         *         "urgent": 1,
         *         "high": 2,
         *         "medium": 0,
         *         "low": 0,
         *         "none": 9
         *       },
         *       "tags": [
         *         {
         *           "name": "home",
         *           "pending": 3,
         *           "completed": 14
         *         }
         *       ]
         *     }
         */
        Summary: {
            /** @description Open tasks. */
            pending: number;
            /** @description Completed tasks. */
            completed: number;
            /** @description Open tasks whose due date has passed. */
            overdue: number;
            /** @description Open tasks that are due on the user’s day. */
            today: number;
            /** @description Open tasks of each priority. */
            priorities: {
                urgent: number;
                high: number;
                medium: number;
                low: number;
                none: number;
            };
            /** @description The tags, in the order of their texts. */
            tags: components["schemas"]["Tag"][];
        };
        /**
         * Tag
         * @example {
         *       "name": "home",
         *       "pending": 3,
         *       "completed": 14
         *     }
         */
        Tag: {
            /** @description The tag, as it is written on the task that was changed last. */
            name: string;
            /** @description Open tasks with the tag. */
            pending: number;
            /** @description Completed tasks with the tag. */
            completed: number;
        };
        /**
         * Settings
         * @example {
         *       "time_zone": "Europe/Berlin",
         *       "day_starts_at": "00:00",
         *       "week_starts_on": "monday"
         *     }
         */
        Settings: {
            /**
             * @description The IANA name of the user’s time zone: where their days, and times without a zone, are.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description When a day starts, and the one before it ends: a time of day from `00:00` to `23:59`.
             * @example 04:00
             */
            day_starts_at: string;
            /**
             * @description The first day of the week.
             * @enum {unknown}
             */
            week_starts_on: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * Occurrence
         * @example {
         *       "revision": 41,
         *       "completed_at": "2026-12-01T08:12:00.123Z",
         *       "due_date": "2026-12-01"
         *     }
         */
        Occurrence: {
            /**
             * @description The revision of its completion, which undoing names.
             * @example 41
             */
            revision: number;
            /**
             * Format: date-time
             * @description When it was completed, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            completed_at: string;
            /**
             * @description When it was due; `null` once the task was removed from the trash.
             * @example 2026-12-01
             */
            due_date: string | null;
            /** @description The `X-Request-Id` of the request that completed it. */
            request_id?: string;
        };
        /**
         * Limits
         * @example {
         *       "text_lengths": {
         *         "title": {
         *           "min": 1,
         *           "max": 200
         *         },
         *         "description": {
         *           "min": 0,
         *           "max": 1000
         *         },
         *         "tag": {
         *           "min": 1,
         *           "max": 50
         *         },
         *         "search": {
         *           "min": 1,
         *           "max": 100
         *         }
         *       },
         *       "tags_per_task": 20,
         *       "reminders_per_task": 10,
         *       "metadata_bytes_per_task": 4096,
         *       "reminder_days": 366,
         *       "page": {
         *         "min": 1,
         *         "max": 500
         *       },
         *       "offset": {
         *         "min": 0,
         *         "max": 10000
         *       },
         *       "batch": {
         *         "min": 1,
         *         "max": 100
         *       },
         *       "tasks_per_change": 10000,
         *       "tasks_per_user": 100000,
         *       "idempotency": {
         *         "keys_per_user": 20000,
         *         "bytes_per_user": 16777216,
         *         "lifetime_seconds": 86400
         *       },
         *       "body_bytes": 65536,
         *       "head_bytes": 16384,
         *       "streams_per_user": 6,
         *       "requests_at_once": 100,
         *       "changes_days": 90,
         *       "rate": {
         *         "requests": 300,
         *         "window_seconds": 60
         *       }
         *     }
         */
        Limits: {
            /** @description The lengths of texts, in Unicode code points. */
            text_lengths: {
                /** @description Of a title; both are allowed. */
                title: {
                    min: number;
                    max: number;
                };
                /** @description Of a description; both are allowed. */
                description: {
                    min: number;
                    max: number;
                };
                /** @description Of a tag; both are allowed. */
                tag: {
                    min: number;
                    max: number;
                };
                /** @description Of the text of a search; both are allowed. */
                search: {
                    min: number;
                    max: number;
                };
            };
            /** @description The number of tags of a task. */
            tags_per_task: number;
            /** @description The number of reminders of a task. */
            reminders_per_task: number;
            /** @description The size of a task’s metadata as JSON, in bytes. */
            metadata_bytes_per_task: number;
            /** @description How many days before the due date a reminder may be. */
            reminder_days: number;
            /** @description The `limit` of a list; both are allowed. */
            page: {
                min: number;
                max: number;
            };
            /** @description The `offset` of a list; both are allowed. */
            offset: {
                min: number;
                max: number;
            };
            /** @description The number of operations in a batch; both are allowed. */
            batch: {
                min: number;
                max: number;
            };
            /** @description The number of tasks that one request changes by a filter or a tag. */
            tasks_per_change: number;
            /** @description The number of tasks that a user may have. */
            tasks_per_user: number;
            /** @description Bounds of `Idempotency-Key`. */
            idempotency: {
                /** @description The number of keys within one lifetime. */
                keys_per_user: number;
                /** @description The size of the stored responses within one lifetime, in bytes. */
                bytes_per_user: number;
                /** @description How long a key takes effect once. */
                lifetime_seconds: number;
            };
            /** @description The size of a request’s body, in bytes. */
            body_bytes: number;
            /** @description The size of a request’s line and headers, in bytes. */
            head_bytes: number;
            /** @description The number of event streams that a user may have open at once. */
            streams_per_user: number;
            /** @description The number of a user’s requests that are worked on at once. */
            requests_at_once: number;
            /** @description How many days changes are kept at least; `null` if for good. */
            changes_days: number | null;
            /** @description How many requests a user may send within so many seconds; `null` if there is no bound. */
            rate: {
                requests: number;
                window_seconds: number;
            } | null;
        };
        /**
         * OwnerLimits
         * @example {
         *       "text_lengths": {
         *         "title": {
         *           "min": 1,
         *           "max": 200
         *         },
         *         "description": {
         *           "min": 0,
         *           "max": 1000
         *         },
         *         "tag": {
         *           "min": 1,
         *           "max": 50
         *         },
         *         "search": {
         *           "min": 1,
         *           "max": 100
         *         }
         *       },
         *       "tags_per_task": 20,
         *       "reminders_per_task": 10,
         *       "metadata_bytes_per_task": 4096,
         *       "reminder_days": 366,
         *       "page": {
         *         "min": 1,
         *         "max": 500
         *       },
         *       "offset": {
         *         "min": 0,
         *         "max": 10000
         *       },
         *       "batch": {
         *         "min": 1,
         *         "max": 100
         *       },
         *       "tasks_per_change": 10000,
         *       "tasks_per_user": 100000,
         *       "idempotency": {
         *         "keys_per_user": 20000,
         *         "bytes_per_user": 16777216,
         *         "lifetime_seconds": 86400
         *       },
         *       "body_bytes": 65536,
         *       "head_bytes": 16384,
         *       "streams_per_user": 6,
         *       "requests_at_once": 100,
         *       "changes_days": 90,
         *       "rate": {
         *         "requests": 300,
         *         "window_seconds": 60
         *       },
         *       "used": {
         *         "tasks_per_user": 52
         *       }
         *     }
         */
        OwnerLimits: {
            /** @description The lengths of texts, in Unicode code points. */
            text_lengths: {
                /** @description Of a title; both are allowed. */
                title: {
                    min: number;
                    max: number;
                };
                /** @description Of a description; both are allowed. */
                description: {
                    min: number;
                    max: number;
                };
                /** @description Of a tag; both are allowed. */
                tag: {
                    min: number;
                    max: number;
                };
                /** @description Of the text of a search; both are allowed. */
                search: {
                    min: number;
                    max: number;
                };
            };
            /** @description The number of tags of a task. */
            tags_per_task: number;
            /** @description The number of reminders of a task. */
            reminders_per_task: number;
            /** @description The size of a task’s metadata as JSON, in bytes. */
            metadata_bytes_per_task: number;
            /** @description How many days before the due date a reminder may be. */
            reminder_days: number;
            /** @description The `limit` of a list; both are allowed. */
            page: {
                min: number;
                max: number;
            };
            /** @description The `offset` of a list; both are allowed. */
            offset: {
                min: number;
                max: number;
            };
            /** @description The number of operations in a batch; both are allowed. */
            batch: {
                min: number;
                max: number;
            };
            /** @description The number of tasks that one request changes by a filter or a tag. */
            tasks_per_change: number;
            /** @description The number of tasks that a user may have. */
            tasks_per_user: number;
            /** @description Bounds of `Idempotency-Key`. */
            idempotency: {
                /** @description The number of keys within one lifetime. */
                keys_per_user: number;
                /** @description The size of the stored responses within one lifetime, in bytes. */
                bytes_per_user: number;
                /** @description How long a key takes effect once. */
                lifetime_seconds: number;
            };
            /** @description The size of a request’s body, in bytes. */
            body_bytes: number;
            /** @description The size of a request’s line and headers, in bytes. */
            head_bytes: number;
            /** @description The number of event streams that a user may have open at once. */
            streams_per_user: number;
            /** @description The number of a user’s requests that are worked on at once. */
            requests_at_once: number;
            /** @description How many days changes are kept at least; `null` if for good. */
            changes_days: number | null;
            /** @description How many requests a user may send within so many seconds; `null` if there is no bound. */
            rate: {
                requests: number;
                window_seconds: number;
            } | null;
            /** @description How much of the bounds the user uses. */
            used: {
                /** @description The tasks that the user has. */
                tasks_per_user: number;
            };
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
         *       "title": "Pay the rent",
         *       "description": null,
         *       "completed": false,
         *       "priority": "high",
         *       "tags": [
         *         "home"
         *       ],
         *       "due_date": "2026-12-01",
         *       "due_at": "2026-12-01T23:59:59.999Z",
         *       "repeat": {
         *         "rule": "FREQ=MONTHLY",
         *         "from": "due",
         *         "short_months": "last",
         *         "start": "2026-11-01"
         *       },
         *       "reminders": [
         *         {
         *           "before": "PT30M"
         *         }
         *       ],
         *       "position": "h0000000c",
         *       "metadata": {},
         *       "completed_at": null,
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
            /** @description 1 to 200 characters. White space at both ends is trimmed. */
            title: string;
            /** @description Up to 1000 characters, stored as sent; `null` if there is none. */
            description: string | null;
            /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
            completed: boolean;
            /**
             * @description How urgent the task is; `null` if nobody has said so.
             * @enum {string|null}
             */
            priority: "urgent" | "high" | "medium" | "low" | null;
            /** @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays. */
            tags: string[];
            /** @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date. */
            due_date: string | null;
            /** @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur. */
            repeat: {
                /**
                 * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                 * @example FREQ=MONTHLY;BYMONTHDAY=31
                 */
                rule: string;
                /**
                 * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                 * @enum {unknown}
                 */
                from: "due" | "completion";
                /**
                 * @description In a month that is too short for the rule: its last day, or no occurrence.
                 * @enum {unknown}
                 */
                short_months: "last" | "skip";
                /**
                 * @description The due date from which the series is counted.
                 * @example 2026-01-31
                 */
                start: string;
            } | null;
            /** @description Up to 10 reminders, each with either `before` or `at`. */
            reminders: {
                before?: string;
                at?: string;
            }[];
            /** @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one. */
            metadata: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description The instant that `due_date` means in the user’s time zone, of a day its last millisecond; `null` without a due date, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            due_at: string | null;
            /**
             * @description The place in the user’s own order: compare as text, by code point. Moving a task changes it.
             * @example h0000000c
             */
            position: string;
            /**
             * Format: date-time
             * @description When the task was completed; `null` while it is open, in UTC with milliseconds.
             * @example 2026-11-20T09:30:00.123Z
             */
            completed_at: string | null;
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
             * @description What was done to the task. `occurrence_completed`: an occurrence of a recurring task was completed, and the task is due at the next one; `reminded`: the user was reminded of it, and nothing changed.
             * @enum {unknown}
             */
            kind: "created" | "updated" | "occurrence_completed" | "deleted" | "restored" | "reminded";
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
                priority?: [
                    "urgent" | "high" | "medium" | "low" | null,
                    "urgent" | "high" | "medium" | "low" | null
                ];
                tags?: [
                    string[] | null,
                    string[] | null
                ];
                due_date?: [
                    string | null,
                    string | null
                ];
                repeat?: [
                    {
                        /**
                         * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                         * @example FREQ=MONTHLY;BYMONTHDAY=31
                         */
                        rule: string;
                        /**
                         * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                         * @enum {unknown}
                         */
                        from: "due" | "completion";
                        /**
                         * @description In a month that is too short for the rule: its last day, or no occurrence.
                         * @enum {unknown}
                         */
                        short_months: "last" | "skip";
                        /**
                         * @description The due date from which the series is counted.
                         * @example 2026-01-31
                         */
                        start: string;
                    } | null,
                    {
                        /**
                         * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                         * @example FREQ=MONTHLY;BYMONTHDAY=31
                         */
                        rule: string;
                        /**
                         * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                         * @enum {unknown}
                         */
                        from: "due" | "completion";
                        /**
                         * @description In a month that is too short for the rule: its last day, or no occurrence.
                         * @enum {unknown}
                         */
                        short_months: "last" | "skip";
                        /**
                         * @description The due date from which the series is counted.
                         * @example 2026-01-31
                         */
                        start: string;
                    } | null
                ];
                reminders?: [
                    {
                        before?: string;
                        at?: string;
                    }[] | null,
                    {
                        before?: string;
                        at?: string;
                    }[] | null
                ];
                position?: [
                    string | null,
                    string | null
                ];
                metadata?: [
                    {
                        [key: string]: unknown;
                    } | null,
                    {
                        [key: string]: unknown;
                    } | null
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
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "change/not-found" | "tag/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "idempotency/in-flight" | "task/quota-exceeded" | "task/occurrence-passed" | "task/anchor-gone" | "tag/exists" | "undo/superseded" | "changes/gone" | "task/purged" | "request/precondition-failed" | "task/stale" | "request/too-large" | "request/unsupported-media-type" | "request/range-not-satisfiable" | "request/invalid" | "idempotency/mismatch" | "search/too-slow" | "batch/refused" | "batch/not-applied" | "request/header-too-large" | "rate/limited" | "idempotency/too-many" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/busy" | "database/unavailable";
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
            /** @description The same sentence, where clients of problems look for it. */
            detail: string;
            /**
             * @description Stable error code for programs, such as `task/not-found`.
             * @enum {unknown}
             */
            code: "request/malformed" | "auth/missing-token" | "auth/invalid-token" | "auth/wrong-user" | "auth/forbidden-origin" | "task/not-found" | "change/not-found" | "tag/not-found" | "route/not-found" | "request/method-not-allowed" | "request/timeout" | "idempotency/in-flight" | "task/quota-exceeded" | "task/occurrence-passed" | "task/anchor-gone" | "tag/exists" | "undo/superseded" | "changes/gone" | "task/purged" | "request/precondition-failed" | "task/stale" | "request/too-large" | "request/unsupported-media-type" | "request/range-not-satisfiable" | "request/invalid" | "idempotency/mismatch" | "search/too-slow" | "batch/refused" | "batch/not-applied" | "request/header-too-large" | "rate/limited" | "idempotency/too-many" | "server/error" | "auth/keys-unavailable" | "server/overloaded" | "database/busy" | "database/unavailable";
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
                /**
                 * @description One of these priorities, with commas between them; `none` stands for tasks without one.
                 * @example [
                 *       "urgent",
                 *       "high"
                 *     ]
                 */
                priority?: ("urgent" | "high" | "medium" | "low" | "none")[];
                /**
                 * @description Tasks with this tag, in any case. Repeat it for tasks that have all of several tags.
                 * @example [
                 *       "home"
                 *     ]
                 */
                tag?: string[];
                /**
                 * @description Tasks with all of these tags, with commas between them. For a tag that has a comma use `tag`.
                 * @example [
                 *       "home",
                 *       "garden"
                 *     ]
                 */
                tags?: string[];
                /**
                 * @description Tasks with at least one of these tags: repeat it, or put commas between them.
                 * @example [
                 *       "home",
                 *       "garden"
                 *     ]
                 */
                any_tag?: string[];
                /**
                 * @description Tasks whose metadata has these members. In a URL each is a parameter: `metadata.project=garden`. Texts, numbers, `true` and `false` compare as text.
                 * @example {
                 *       "metadata.project": "garden"
                 *     }
                 */
                metadata?: {
                    [key: string]: string | number | boolean;
                };
                /** @description Whether the task has no tags: `true` for those without, `false` for those with some. */
                untagged?: boolean;
                /** @description `overdue`: open tasks whose due date has passed; `today` and `week`: tasks due on the user’s day or in their week, done or not; `none`: tasks without a due date. Such a list changes as time goes by, so it has no ETag, except for `none`. */
                due?: "overdue" | "today" | "week" | "none";
                /**
                 * @description Tasks due at this moment or later. A day means its start; a time without a zone is on the user’s clock.
                 * @example 2026-12-01
                 */
                due_after?: string;
                /**
                 * @description Tasks due before this moment. A day means its start; a time without a zone is on the user’s clock.
                 * @example 2026-12-01
                 */
                due_before?: string;
                /** @description Whether the task recurs. */
                repeating?: boolean;
                /**
                 * @description Tasks completed at this moment or later. A day means its start; a time without a zone is on the user’s clock.
                 * @example 2026-12-01
                 */
                completed_after?: string;
                /**
                 * @description Tasks completed before this moment. A day means its start; a time without a zone is on the user’s clock.
                 * @example 2026-12-01
                 */
                completed_before?: string;
                /**
                 * @description Tasks last changed at this moment or later. A day means its start; a time without a zone is on the user’s clock.
                 * @example 2026-12-01
                 */
                updated_after?: string;
                /**
                 * @description The field to sort by, or several with commas between them. `-` before a field: in descending order. Tasks without a value come last in either order. `priority` is highest first, `position` the user’s own order.
                 * @example [
                 *       "priority",
                 *       "due_date"
                 *     ]
                 */
                sort?: ("created_at" | "updated_at" | "title" | "due_date" | "priority" | "position" | "completed_at" | "-created_at" | "-updated_at" | "-title" | "-due_date" | "-priority" | "-position" | "-completed_at")[];
                /** @description The order of a single field without `-`. By default `desc` for `created_at`, `updated_at` and `completed_at`, and `asc` for all others. Ties are ordered by `id`. */
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
                    /** @description The version of this list. Send it as `If-None-Match` to learn whether the list has changed. A list that changes as time goes by has none. */
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
                    /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                    completed?: boolean;
                    /**
                     * @description How urgent the task is; `null` if nobody has said so.
                     * @example high
                     * @enum {unknown}
                     */
                    priority?: "urgent" | "high" | "medium" | "low" | null;
                    /**
                     * @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.
                     * @example [
                     *       "home",
                     *       "garden"
                     *     ]
                     */
                    tags?: string[];
                    /**
                     * @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    due_date?: string | null;
                    /**
                     * @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.
                     * @example monthly
                     * @example {
                     *       "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
                     *       "from": "due",
                     *       "short_months": "last"
                     *     }
                     */
                    repeat?: string | {
                        /**
                         * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                         * @example FREQ=MONTHLY;BYMONTHDAY=31
                         */
                        rule: string;
                        /**
                         * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                         * @enum {unknown}
                         */
                        from?: "due" | "completion";
                        /**
                         * @description In a month that is too short for the rule: its last day, or no occurrence.
                         * @enum {unknown}
                         */
                        short_months?: "last" | "skip";
                        /**
                         * @description The due date from which the series is counted.
                         * @example 2026-01-31
                         */
                        start?: string;
                    } | null;
                    /**
                     * @description Up to 10 reminders, each with either `before` or `at`.
                     * @example [
                     *       {
                     *         "before": "PT30M"
                     *       }
                     *     ]
                     */
                    reminders?: {
                        /**
                         * @description A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.
                         * @example PT30M
                         */
                        before?: string;
                        /**
                         * @description A moment: in the forms of a due date, except for a day.
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        at?: string;
                    }[];
                    /**
                     * @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one.
                     * @example {
                     *       "project": "garden",
                     *       "estimate": 3
                     *     }
                     */
                    metadata?: {
                        [key: string]: unknown;
                    };
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
                 *         },
                 *         {
                 *           "op": "update",
                 *           "where": {
                 *             "tag": "home",
                 *             "status": "pending"
                 *           },
                 *           "set": {
                 *             "priority": "high"
                 *           }
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
                        /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                        completed?: boolean;
                        /**
                         * @description How urgent the task is; `null` if nobody has said so.
                         * @example high
                         * @enum {unknown}
                         */
                        priority?: "urgent" | "high" | "medium" | "low" | null;
                        /**
                         * @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.
                         * @example [
                         *       "home",
                         *       "garden"
                         *     ]
                         */
                        tags?: string[];
                        /**
                         * @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date.
                         * @example 2026-12-01
                         * @example 2026-12-01T09:00
                         * @example 2026-12-01T09:00:00Z
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        due_date?: string | null;
                        /**
                         * @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.
                         * @example monthly
                         * @example {
                         *       "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
                         *       "from": "due",
                         *       "short_months": "last"
                         *     }
                         */
                        repeat?: string | {
                            /**
                             * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                             * @example FREQ=MONTHLY;BYMONTHDAY=31
                             */
                            rule: string;
                            /**
                             * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                             * @enum {unknown}
                             */
                            from?: "due" | "completion";
                            /**
                             * @description In a month that is too short for the rule: its last day, or no occurrence.
                             * @enum {unknown}
                             */
                            short_months?: "last" | "skip";
                            /**
                             * @description The due date from which the series is counted.
                             * @example 2026-01-31
                             */
                            start?: string;
                        } | null;
                        /**
                         * @description Up to 10 reminders, each with either `before` or `at`.
                         * @example [
                         *       {
                         *         "before": "PT30M"
                         *       }
                         *     ]
                         */
                        reminders?: {
                            /**
                             * @description A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.
                             * @example PT30M
                             */
                            before?: string;
                            /**
                             * @description A moment: in the forms of a due date, except for a day.
                             * @example 2026-12-01T09:00[Europe/Berlin]
                             */
                            at?: string;
                        }[];
                        /**
                         * @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one.
                         * @example {
                         *       "project": "garden",
                         *       "estimate": 3
                         *     }
                         */
                        metadata?: {
                            [key: string]: unknown;
                        };
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
                        /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                        completed?: boolean;
                        /**
                         * @description How urgent the task is; `null` if nobody has said so.
                         * @example high
                         * @enum {unknown}
                         */
                        priority?: "urgent" | "high" | "medium" | "low" | null;
                        /**
                         * @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.
                         * @example [
                         *       "home",
                         *       "garden"
                         *     ]
                         */
                        tags?: string[];
                        /**
                         * @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date.
                         * @example 2026-12-01
                         * @example 2026-12-01T09:00
                         * @example 2026-12-01T09:00:00Z
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        due_date?: string | null;
                        /**
                         * @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.
                         * @example monthly
                         * @example {
                         *       "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
                         *       "from": "due",
                         *       "short_months": "last"
                         *     }
                         */
                        repeat?: string | {
                            /**
                             * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                             * @example FREQ=MONTHLY;BYMONTHDAY=31
                             */
                            rule: string;
                            /**
                             * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                             * @enum {unknown}
                             */
                            from?: "due" | "completion";
                            /**
                             * @description In a month that is too short for the rule: its last day, or no occurrence.
                             * @enum {unknown}
                             */
                            short_months?: "last" | "skip";
                            /**
                             * @description The due date from which the series is counted.
                             * @example 2026-01-31
                             */
                            start?: string;
                        } | null;
                        /**
                         * @description Up to 10 reminders, each with either `before` or `at`.
                         * @example [
                         *       {
                         *         "before": "PT30M"
                         *       }
                         *     ]
                         */
                        reminders?: {
                            /**
                             * @description A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.
                             * @example PT30M
                             */
                            before?: string;
                            /**
                             * @description A moment: in the forms of a due date, except for a day.
                             * @example 2026-12-01T09:00[Europe/Berlin]
                             */
                            at?: string;
                        }[];
                        /**
                         * @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one.
                         * @example {
                         *       "project": "garden",
                         *       "estimate": 3
                         *     }
                         */
                        metadata?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description Tags to add. Two devices that add tags lose nothing of each other’s.
                         * @example [
                         *       "garden"
                         *     ]
                         */
                        add_tags?: string[];
                        /**
                         * @description Tags to take off, in any case. One that is not there is ignored.
                         * @example [
                         *       "home"
                         *     ]
                         */
                        remove_tags?: string[];
                        /**
                         * @description What a new `due_date` of a recurring task moves: `occurrence`, only this one, or `series`, this one and all that follow.
                         * @default occurrence
                         * @enum {unknown}
                         */
                        scope?: "occurrence" | "series";
                        /**
                         * @description The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.
                         * @example 2026-12-01
                         * @example 2026-12-01T09:00
                         * @example 2026-12-01T09:00:00Z
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        occurrence?: string;
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
                        /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                        completed?: boolean;
                        /**
                         * @description The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.
                         * @example 2026-12-01
                         * @example 2026-12-01T09:00
                         * @example 2026-12-01T09:00:00Z
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        occurrence?: string;
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
                    } | {
                        /** @constant */
                        op: "update";
                        /**
                         * @description The filters of a list, with `priority`, `tags` and `any_tag` as arrays. All that are given must be met; `{"status": "all"}` means all tasks.
                         * @example {
                         *       "status": "pending",
                         *       "tag": "home"
                         *     }
                         */
                        where: {
                            /**
                             * @description Filters by completion.
                             * @default all
                             * @enum {unknown}
                             */
                            status?: "all" | "pending" | "completed";
                            /**
                             * @description Finds tasks whose title or description contains this text, ignoring case. There are no wildcards.
                             * @example milk
                             */
                            search?: string;
                            /**
                             * @description One of these priorities, with commas between them; `none` stands for tasks without one.
                             * @example [
                             *       "urgent",
                             *       "high"
                             *     ]
                             */
                            priority?: ("urgent" | "high" | "medium" | "low" | "none")[];
                            /**
                             * @description A tag, in any case.
                             * @example home
                             */
                            tag?: string;
                            /**
                             * @description Tasks with all of these tags, with commas between them. For a tag that has a comma use `tag`.
                             * @example [
                             *       "home",
                             *       "garden"
                             *     ]
                             */
                            tags?: string[];
                            /**
                             * @description Tasks with at least one of these tags: repeat it, or put commas between them.
                             * @example [
                             *       "home",
                             *       "garden"
                             *     ]
                             */
                            any_tag?: string[];
                            /**
                             * @description Tasks whose metadata has these members. In a URL each is a parameter: `metadata.project=garden`. Texts, numbers, `true` and `false` compare as text.
                             * @example {
                             *       "project": "garden"
                             *     }
                             */
                            metadata?: {
                                [key: string]: string | number | boolean;
                            };
                            /** @description Whether the task has no tags: `true` for those without, `false` for those with some. */
                            untagged?: boolean;
                            /**
                             * @description `overdue`: open tasks whose due date has passed; `today` and `week`: tasks due on the user’s day or in their week, done or not; `none`: tasks without a due date. Such a list changes as time goes by, so it has no ETag, except for `none`.
                             * @enum {unknown}
                             */
                            due?: "overdue" | "today" | "week" | "none";
                            /**
                             * @description Tasks due at this moment or later. A day means its start; a time without a zone is on the user’s clock.
                             * @example 2026-12-01
                             */
                            due_after?: string;
                            /**
                             * @description Tasks due before this moment. A day means its start; a time without a zone is on the user’s clock.
                             * @example 2026-12-01
                             */
                            due_before?: string;
                            /** @description Whether the task recurs. */
                            repeating?: boolean;
                            /**
                             * @description Tasks completed at this moment or later. A day means its start; a time without a zone is on the user’s clock.
                             * @example 2026-12-01
                             */
                            completed_after?: string;
                            /**
                             * @description Tasks completed before this moment. A day means its start; a time without a zone is on the user’s clock.
                             * @example 2026-12-01
                             */
                            completed_before?: string;
                            /**
                             * @description Tasks last changed at this moment or later. A day means its start; a time without a zone is on the user’s clock.
                             * @example 2026-12-01
                             */
                            updated_after?: string;
                        };
                        /**
                         * TaskChanges
                         * @example {
                         *       "title": "Buy oat milk",
                         *       "description": null
                         *     }
                         */
                        set: {
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
                            /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                            completed?: boolean;
                            /**
                             * @description How urgent the task is; `null` if nobody has said so.
                             * @example high
                             * @enum {unknown}
                             */
                            priority?: "urgent" | "high" | "medium" | "low" | null;
                            /**
                             * @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.
                             * @example [
                             *       "home",
                             *       "garden"
                             *     ]
                             */
                            tags?: string[];
                            /**
                             * @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date.
                             * @example 2026-12-01
                             * @example 2026-12-01T09:00
                             * @example 2026-12-01T09:00:00Z
                             * @example 2026-12-01T09:00[Europe/Berlin]
                             */
                            due_date?: string | null;
                            /**
                             * @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.
                             * @example monthly
                             * @example {
                             *       "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
                             *       "from": "due",
                             *       "short_months": "last"
                             *     }
                             */
                            repeat?: string | {
                                /**
                                 * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                                 * @example FREQ=MONTHLY;BYMONTHDAY=31
                                 */
                                rule: string;
                                /**
                                 * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                                 * @enum {unknown}
                                 */
                                from?: "due" | "completion";
                                /**
                                 * @description In a month that is too short for the rule: its last day, or no occurrence.
                                 * @enum {unknown}
                                 */
                                short_months?: "last" | "skip";
                                /**
                                 * @description The due date from which the series is counted.
                                 * @example 2026-01-31
                                 */
                                start?: string;
                            } | null;
                            /**
                             * @description Up to 10 reminders, each with either `before` or `at`.
                             * @example [
                             *       {
                             *         "before": "PT30M"
                             *       }
                             *     ]
                             */
                            reminders?: {
                                /**
                                 * @description A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.
                                 * @example PT30M
                                 */
                                before?: string;
                                /**
                                 * @description A moment: in the forms of a due date, except for a day.
                                 * @example 2026-12-01T09:00[Europe/Berlin]
                                 */
                                at?: string;
                            }[];
                            /**
                             * @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one.
                             * @example {
                             *       "project": "garden",
                             *       "estimate": 3
                             *     }
                             */
                            metadata?: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description Tags to add. Two devices that add tags lose nothing of each other’s.
                             * @example [
                             *       "garden"
                             *     ]
                             */
                            add_tags?: string[];
                            /**
                             * @description Tags to take off, in any case. One that is not there is ignored.
                             * @example [
                             *       "home"
                             *     ]
                             */
                            remove_tags?: string[];
                            /**
                             * @description What a new `due_date` of a recurring task moves: `occurrence`, only this one, or `series`, this one and all that follow.
                             * @default occurrence
                             * @enum {unknown}
                             */
                            scope?: "occurrence" | "series";
                            /**
                             * @description The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.
                             * @example 2026-12-01
                             * @example 2026-12-01T09:00
                             * @example 2026-12-01T09:00:00Z
                             * @example 2026-12-01T09:00[Europe/Berlin]
                             */
                            occurrence?: string;
                        };
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
                                task?: components["schemas"]["ChangedTask"];
                                /** @description How many tasks met the filter, with an update of all that do. */
                                count?: number;
                                /** @description How many of them it changed. */
                                changed?: number;
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
    summariseTasksOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags of stored copies: 304 if one of them is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The version of the result. Send it as `If-None-Match` to learn whether it has changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Summary"];
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
    listTagsOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags of stored copies: 304 if one of them is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tags. */
            200: {
                headers: {
                    /** @description Identifies this request in the server’s log. */
                    "X-Request-Id"?: string;
                    /** @description The version of the result. Send it as `If-None-Match` to learn whether it has changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        data: components["schemas"]["Tag"][];
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
    removeTagOfToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tag in any case, percent-encoded.
                 * @example home
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many tasks were changed. */
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
                         * TagChange
                         * @example {
                         *       "tasks": 17
                         *     }
                         */
                        data: {
                            /** @description The number of tasks that were changed. */
                            tasks: number;
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
            /** @description The user has no such task, no such change, or no such tag. */
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
    renameTagOfToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The tag in any case, percent-encoded.
                 * @example home
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "household"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The new name: 1 to 50 characters. White space at both ends is trimmed.
                     * @example household
                     */
                    name: string;
                    /**
                     * @description Whether it may become one with a tag that has the new name already: otherwise 409.
                     * @default false
                     */
                    merge?: boolean;
                };
                /**
                 * @example {
                 *       "name": "household"
                 *     }
                 */
                "application/merge-patch+json": {
                    /**
                     * @description The new name: 1 to 50 characters. White space at both ends is trimmed.
                     * @example household
                     */
                    name: string;
                    /**
                     * @description Whether it may become one with a tag that has the new name already: otherwise 409.
                     * @default false
                     */
                    merge?: boolean;
                };
            };
        };
        responses: {
            /** @description How many tasks were changed. */
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
                        /**
                         * TagChange
                         * @example {
                         *       "tasks": 17
                         *     }
                         */
                        data: {
                            /** @description The number of tasks that were changed. */
                            tasks: number;
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
    getSettingsOfToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings. */
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
                        data: components["schemas"]["Settings"];
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
    changeSettingsOfToken: {
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
                 *       "time_zone": "Europe/Berlin"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The IANA name of the user’s time zone: where their days, and times without a zone, are.
                     * @example Europe/Berlin
                     */
                    time_zone?: string;
                    /**
                     * @description When a day starts, and the one before it ends: a time of day from `00:00` to `23:59`.
                     * @example 04:00
                     */
                    day_starts_at?: string;
                    /**
                     * @description The first day of the week.
                     * @enum {unknown}
                     */
                    week_starts_on?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
                };
                /**
                 * @example {
                 *       "time_zone": "Europe/Berlin"
                 *     }
                 */
                "application/merge-patch+json": {
                    /**
                     * @description The IANA name of the user’s time zone: where their days, and times without a zone, are.
                     * @example Europe/Berlin
                     */
                    time_zone?: string;
                    /**
                     * @description When a day starts, and the one before it ends: a time of day from `00:00` to `23:59`.
                     * @example 04:00
                     */
                    day_starts_at?: string;
                    /**
                     * @description The first day of the week.
                     * @enum {unknown}
                     */
                    week_starts_on?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
                };
            };
        };
        responses: {
            /** @description All settings. */
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
                        data: components["schemas"]["Settings"];
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
    getOwnerLimitsOfToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits. */
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
                        data: components["schemas"]["OwnerLimits"];
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
            /** @description The user has no such task, no such change, or no such tag. */
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
                    /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                    completed?: boolean;
                    /**
                     * @description How urgent the task is; `null` if nobody has said so.
                     * @example high
                     * @enum {unknown}
                     */
                    priority?: "urgent" | "high" | "medium" | "low" | null;
                    /**
                     * @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.
                     * @example [
                     *       "home",
                     *       "garden"
                     *     ]
                     */
                    tags?: string[];
                    /**
                     * @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    due_date?: string | null;
                    /**
                     * @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.
                     * @example monthly
                     * @example {
                     *       "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
                     *       "from": "due",
                     *       "short_months": "last"
                     *     }
                     */
                    repeat?: string | {
                        /**
                         * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                         * @example FREQ=MONTHLY;BYMONTHDAY=31
                         */
                        rule: string;
                        /**
                         * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                         * @enum {unknown}
                         */
                        from?: "due" | "completion";
                        /**
                         * @description In a month that is too short for the rule: its last day, or no occurrence.
                         * @enum {unknown}
                         */
                        short_months?: "last" | "skip";
                        /**
                         * @description The due date from which the series is counted.
                         * @example 2026-01-31
                         */
                        start?: string;
                    } | null;
                    /**
                     * @description Up to 10 reminders, each with either `before` or `at`.
                     * @example [
                     *       {
                     *         "before": "PT30M"
                     *       }
                     *     ]
                     */
                    reminders?: {
                        /**
                         * @description A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.
                         * @example PT30M
                         */
                        before?: string;
                        /**
                         * @description A moment: in the forms of a due date, except for a day.
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        at?: string;
                    }[];
                    /**
                     * @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one.
                     * @example {
                     *       "project": "garden",
                     *       "estimate": 3
                     *     }
                     */
                    metadata?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description Tags to add. Two devices that add tags lose nothing of each other’s.
                     * @example [
                     *       "garden"
                     *     ]
                     */
                    add_tags?: string[];
                    /**
                     * @description Tags to take off, in any case. One that is not there is ignored.
                     * @example [
                     *       "home"
                     *     ]
                     */
                    remove_tags?: string[];
                    /**
                     * @description What a new `due_date` of a recurring task moves: `occurrence`, only this one, or `series`, this one and all that follow.
                     * @default occurrence
                     * @enum {unknown}
                     */
                    scope?: "occurrence" | "series";
                    /**
                     * @description The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    occurrence?: string;
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
                        data: components["schemas"]["ChangedTask"];
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
            /** @description The user has no such task, no such change, or no such tag. */
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
                    /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                    completed?: boolean;
                    /**
                     * @description How urgent the task is; `null` if nobody has said so.
                     * @example high
                     * @enum {unknown}
                     */
                    priority?: "urgent" | "high" | "medium" | "low" | null;
                    /**
                     * @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.
                     * @example [
                     *       "home",
                     *       "garden"
                     *     ]
                     */
                    tags?: string[];
                    /**
                     * @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    due_date?: string | null;
                    /**
                     * @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.
                     * @example monthly
                     * @example {
                     *       "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
                     *       "from": "due",
                     *       "short_months": "last"
                     *     }
                     */
                    repeat?: string | {
                        /**
                         * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                         * @example FREQ=MONTHLY;BYMONTHDAY=31
                         */
                        rule: string;
                        /**
                         * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                         * @enum {unknown}
                         */
                        from?: "due" | "completion";
                        /**
                         * @description In a month that is too short for the rule: its last day, or no occurrence.
                         * @enum {unknown}
                         */
                        short_months?: "last" | "skip";
                        /**
                         * @description The due date from which the series is counted.
                         * @example 2026-01-31
                         */
                        start?: string;
                    } | null;
                    /**
                     * @description Up to 10 reminders, each with either `before` or `at`.
                     * @example [
                     *       {
                     *         "before": "PT30M"
                     *       }
                     *     ]
                     */
                    reminders?: {
                        /**
                         * @description A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.
                         * @example PT30M
                         */
                        before?: string;
                        /**
                         * @description A moment: in the forms of a due date, except for a day.
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        at?: string;
                    }[];
                    /**
                     * @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one.
                     * @example {
                     *       "project": "garden",
                     *       "estimate": 3
                     *     }
                     */
                    metadata?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description Tags to add. Two devices that add tags lose nothing of each other’s.
                     * @example [
                     *       "garden"
                     *     ]
                     */
                    add_tags?: string[];
                    /**
                     * @description Tags to take off, in any case. One that is not there is ignored.
                     * @example [
                     *       "home"
                     *     ]
                     */
                    remove_tags?: string[];
                    /**
                     * @description What a new `due_date` of a recurring task moves: `occurrence`, only this one, or `series`, this one and all that follow.
                     * @default occurrence
                     * @enum {unknown}
                     */
                    scope?: "occurrence" | "series";
                    /**
                     * @description The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    occurrence?: string;
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
                    /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                    completed?: boolean;
                    /**
                     * @description How urgent the task is; `null` if nobody has said so.
                     * @example high
                     * @enum {unknown}
                     */
                    priority?: "urgent" | "high" | "medium" | "low" | null;
                    /**
                     * @description Up to 20 tags of 1 to 50 characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.
                     * @example [
                     *       "home",
                     *       "garden"
                     *     ]
                     */
                    tags?: string[];
                    /**
                     * @description When the task is due: a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`). It is kept in the form in which it comes, an instant in UTC; `null` if it has no due date.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    due_date?: string | null;
                    /**
                     * @description How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.
                     * @example monthly
                     * @example {
                     *       "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
                     *       "from": "due",
                     *       "short_months": "last"
                     *     }
                     */
                    repeat?: string | {
                        /**
                         * @description A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.
                         * @example FREQ=MONTHLY;BYMONTHDAY=31
                         */
                        rule: string;
                        /**
                         * @description `due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.
                         * @enum {unknown}
                         */
                        from?: "due" | "completion";
                        /**
                         * @description In a month that is too short for the rule: its last day, or no occurrence.
                         * @enum {unknown}
                         */
                        short_months?: "last" | "skip";
                        /**
                         * @description The due date from which the series is counted.
                         * @example 2026-01-31
                         */
                        start?: string;
                    } | null;
                    /**
                     * @description Up to 10 reminders, each with either `before` or `at`.
                     * @example [
                     *       {
                     *         "before": "PT30M"
                     *       }
                     *     ]
                     */
                    reminders?: {
                        /**
                         * @description A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.
                         * @example PT30M
                         */
                        before?: string;
                        /**
                         * @description A moment: in the forms of a due date, except for a day.
                         * @example 2026-12-01T09:00[Europe/Berlin]
                         */
                        at?: string;
                    }[];
                    /**
                     * @description An object of your own, up to 4096 bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and `null` removes one.
                     * @example {
                     *       "project": "garden",
                     *       "estimate": 3
                     *     }
                     */
                    metadata?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description Tags to add. Two devices that add tags lose nothing of each other’s.
                     * @example [
                     *       "garden"
                     *     ]
                     */
                    add_tags?: string[];
                    /**
                     * @description Tags to take off, in any case. One that is not there is ignored.
                     * @example [
                     *       "home"
                     *     ]
                     */
                    remove_tags?: string[];
                    /**
                     * @description What a new `due_date` of a recurring task moves: `occurrence`, only this one, or `series`, this one and all that follow.
                     * @default occurrence
                     * @enum {unknown}
                     */
                    scope?: "occurrence" | "series";
                    /**
                     * @description The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    occurrence?: string;
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
                        data: components["schemas"]["ChangedTask"];
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
                "application/json": {
                    /** @description Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence. */
                    completed?: boolean;
                    /**
                     * @description The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.
                     * @example 2026-12-01
                     * @example 2026-12-01T09:00
                     * @example 2026-12-01T09:00:00Z
                     * @example 2026-12-01T09:00[Europe/Berlin]
                     */
                    occurrence?: string;
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
                        data: components["schemas"]["ChangedTask"];
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
    moveTaskOfToken: {
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
                "application/json": {
                    /**
                     * @description The id of the task that is to come right after it.
                     * @example 12
                     */
                    before?: number;
                    /**
                     * @description The id of the task that is to come right before it.
                     * @example 12
                     */
                    after?: number;
                    /**
                     * @description An end of the user’s own order.
                     * @enum {unknown}
                     */
                    to?: "top" | "bottom";
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
                        data: components["schemas"]["ChangedTask"];
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
                        data: components["schemas"]["ChangedTask"];
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
            /** @description The user has no such task, no such change, or no such tag. */
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
    listOccurrencesOfToken: {
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
            /** @description Some of the occurrences, newest first. */
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
                        data: components["schemas"]["Occurrence"][];
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The user has no such task, no such change, or no such tag. */
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
            /** @description The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already. */
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
    priority: ["string","null"],
    tags: ["array"],
    due_date: ["string","null"],
    repeat: ["object","null"],
    reminders: ["array"],
    metadata: ["object"],
    due_at: ["string","null"],
    position: ["string"],
    completed_at: ["string","null"],
    created_at: ["string"],
    updated_at: ["string"],
    revision: ["integer"],
} as const;
