// A chat about the tasks of a user: a loop between a model and the tools of `/mcp`. It speaks to any model with an endpoint
// for chat completions, hosted or on this machine, and runs as it is: docs/agents.md shows how.
import { createInterface } from 'node:readline/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** A message of a conversation, as the models' endpoints name its parts. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string | null;
  readonly tool_calls?: readonly ToolCall[];
  readonly tool_call_id?: string;
}

/** Where a model is: the base URL of its endpoint, its name, and a key if it needs one. */
export interface Model {
  readonly url: string;
  readonly name: string;
  readonly key?: string | undefined;
}

/** Asks the user whether a tool that may destroy something is called. */
export type Confirm = (tool: string, args: string) => Promise<boolean>;

const maxRounds = 10;

/** Connects to the tasks of the token's user. @param url of Taskward's `/mcp` */
export const connectTasks = async (url: string, token: string): Promise<Client> => {
  const client = new Client({ name: 'chat', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return client;
};

const complete = async ({ url, name, key }: Model, messages: readonly Message[], tools: object[]): Promise<Message> => {
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model: name, messages, tools }),
  });
  if (!response.ok) throw new Error(`The model answered ${response.status}: ${await response.text()}`);
  const { choices } = (await response.json()) as { choices: [{ message: Message }] };
  return choices[0].message;
};

const argumentsOf = (text: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return undefined;
  }
};

/**
 * Lets the model answer the last message, with as many calls of tools as it wants, up to ten rounds.
 * @returns the conversation with what was added; its last message is the answer
 */
export const answer = async (
  tasks: Client,
  model: Model,
  conversation: readonly Message[],
  confirm: Confirm,
): Promise<readonly Message[]> => {
  const { tools } = await tasks.listTools();
  const offered = tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  }));
  // What is read from tasks is somebody's text. The user decides on what such a text could talk the model into.
  const isDestructive = new Set(
    tools.filter(({ annotations }) => annotations?.destructiveHint).map(({ name }) => name),
  );

  const call = async ({ id, function: { name, arguments: text } }: ToolCall): Promise<Message> => {
    const args = argumentsOf(text);
    const toMessage = (content: string): Message => ({ role: 'tool', tool_call_id: id, content });
    if (args === undefined) return toMessage('The arguments are not JSON. Call again with a JSON object.');
    const isDryRun = args.dry_run === true;
    if (isDestructive.has(name) && !isDryRun && !(await confirm(name, text))) return toMessage('The user said no.');
    // An error of a tool is a result that says what to mend; the model calls again.
    const { content } = await tasks.callTool({ name, arguments: args });
    return toMessage((content as { text?: string }[]).map((block) => block.text ?? '').join('\n'));
  };

  const messages: Message[] = [...conversation];
  const instructions = tasks.getInstructions() ?? '';
  for (let round = 0; round < maxRounds; round += 1) {
    const message = await complete(model, [{ role: 'system', content: instructions }, ...messages], offered);
    messages.push(message);
    if (!message.tool_calls?.length) return messages;
    for (const toolCall of message.tool_calls) messages.push(await call(toolCall));
  }
  return [...messages, { role: 'assistant', content: 'I did not come to an end. Ask for less at a time.' }];
};

const run = async (): Promise<void> => {
  const { TASKWARD_URL = 'http://localhost:8000', TOKEN, MODEL_URL, MODEL_NAME, MODEL_KEY } = process.env;
  if (!TOKEN || !MODEL_URL || !MODEL_NAME)
    throw new Error('Set TOKEN, MODEL_URL and MODEL_NAME, and MODEL_KEY if the model needs one: see docs/agents.md.');
  const tasks = await connectTasks(`${TASKWARD_URL}/mcp`, TOKEN);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const confirm: Confirm = async (tool, args) => /^y/i.test(await terminal.question(`${tool} ${args}? [y/N] `));
  let conversation: readonly Message[] = [];
  process.stdout.write('> ');
  for await (const content of terminal) {
    const model = { url: MODEL_URL, name: MODEL_NAME, key: MODEL_KEY };
    conversation = await answer(tasks, model, [...conversation, { role: 'user', content }], confirm);
    console.log(conversation.at(-1)?.content);
    process.stdout.write('> ');
  }
  await tasks.close();
};

if (import.meta.main) {
  await run().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
