import type { TaskUseCases } from '@taskward/application';
import type { Actor, UserId } from '@taskward/domain';
import type { FastifyRequest, FastifySchema, preValidationHookHandler, RouteGenericInterface } from 'fastify';
import type { HttpResponse } from '../../messages/http-response.ts';
import type { ApiStyle } from '../api-styles.ts';

/** A request for an operation, after its token was verified. */
export interface Call<Route extends RouteGenericInterface = RouteGenericInterface> {
  readonly request: FastifyRequest<Route>;
  readonly actor: Actor;
  /** The user whose tasks the request is about. */
  readonly owner: UserId;
  readonly style: ApiStyle;
  /** The path prefix under which clients see the server. */
  readonly prefix: string;
}

interface Definition<Input, Route extends RouteGenericInterface> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Appended to the path of the owner's collection. */
  readonly path: '' | `/${string}`;
  /** Whether it accepts an `Idempotency-Key`. */
  readonly isKeyed?: boolean;
  readonly preValidation?: preValidationHookHandler;
  /** The schema for validation and the OpenAPI document. */
  schema(style: ApiStyle): FastifySchema;
  /** Translates the request to the use-case's input. @throws DomainError `request/invalid` */
  input(call: Call<Route>): Input;
  /** Returns whether the call can change anything. By default it can. */
  hasEffect?(input: Input): boolean;
  /** Calls the use-case, and translates its result to a response. */
  run(useCases: TaskUseCases, input: Input, call: Call<Route>): Promise<HttpResponse>;
}

/** One operation on tasks, as both API styles serve it. */
export type Operation = Definition<unknown, RouteGenericInterface>;

/** Defines an operation. The parameter of `input` gives the types of body and query: `Call<{ Body: … }>`. */
export const defineOperation = <Input, Route extends RouteGenericInterface>(
  definition: Definition<Input, Route>,
): Operation => definition as unknown as Operation;
