import type { GetPromptResult, PromptMessage, Prompt as PublishedPrompt } from '@modelcontextprotocol/sdk/types.js';
import type { ToolContext } from '../calls/tool.ts';
import { invalidParams } from '../protocol/protocol-error.ts';
import { toContents } from '../resources/task-resource.ts';
import { type Prompt, prompts, rules } from './prompts.ts';
import { readSection, sectionText, summaryText } from './sections.ts';

const maxFocus = 500;

/** The prompts as they are listed. */
export const publishedPrompts: PublishedPrompt[] = prompts.map(({ name, title, description }) => ({
  name,
  title,
  description,
  arguments: [
    {
      name: 'focus',
      description: 'What matters most, in your own words: a project, a tag, an occasion.',
      required: false,
    },
  ],
}));

const promptOf = (name: string): Prompt => {
  const prompt = prompts.find((one) => one.name === name);
  if (prompt !== undefined) return prompt;
  const names = prompts.map((one) => one.name).join(', ');
  throw invalidParams(`There is no prompt ${JSON.stringify(name)}. The prompts are ${names}.`);
};

const focusOf = ({ focus, ...others }: Readonly<Record<string, string>>): string | undefined => {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw invalidParams(`There is no argument ${JSON.stringify(unknown)}. Leave it out, or use focus.`);
  if (focus !== undefined && focus.length > maxFocus)
    throw invalidParams(`focus must be at most ${maxFocus} characters long, and has ${focus.length}. Shorten it.`);
  return focus?.trim() || undefined;
};

const fromUser = (content: PromptMessage['content']): PromptMessage => ({ role: 'user', content });

/**
 * Returns a prompt with the user's tasks as they are now: what is asked, the tasks to read, and each of them as a resource.
 * @throws ProtocolError for a prompt or an argument that there is not; ApplicationError `database/unavailable`
 */
export const getPrompt = async (
  context: ToolContext,
  {
    name,
    arguments: sent = {},
  }: { readonly name: string; readonly arguments?: Readonly<Record<string, string>> | undefined },
): Promise<GetPromptResult> => {
  const { useCases, actor, owner } = context;
  const { description, request, sections } = promptOf(name);
  const focus = focusOf(sent);
  const summary = await useCases.taskSummary(actor, { owner });
  const read = await Promise.all(sections.map((section) => readSection(context, section)));
  const asked = [request, ...(focus === undefined ? [] : [`What matters most to me: ${focus}`])].join('\n');
  const distinct = new Map(read.flatMap(({ tasks }) => tasks).map((task) => [task.id, task]));
  return {
    description,
    messages: [
      fromUser({ type: 'text', text: `${asked}\n\nGo about it like this:\n- ${rules}` }),
      fromUser({ type: 'text', text: [summaryText(summary), ...read.map(sectionText)].join('\n\n') }),
      ...[...distinct.values()].map((task) => fromUser({ type: 'resource', resource: toContents(task) })),
    ],
  };
};
