import { useUi } from '../app/context.ts';
import { useDraft } from '../app/hooks.ts';
import { Icon } from '../app/icons.tsx';
import { withTags } from './task-form.ts';

/** The tags of a task. Enter, a comma and leaving the field add what was typed. */
export const TagFields = ({
  tags,
  known,
  draft,
  onChange,
}: {
  readonly tags: readonly string[];
  /** Tags to propose. */
  readonly known: readonly string[];
  /** The name under which what is being typed is kept. */
  readonly draft: string;
  readonly onChange: (tags: readonly string[]) => void;
}) => {
  const { drafts } = useUi();
  const [typed = '', setTyped] = useDraft<string>(drafts, draft);
  const add = (text: string) => {
    setTyped(undefined);
    if (text.trim() !== '') onChange(withTags(tags, text));
  };
  return (
    <fieldset class="field-group">
      <legend>Tags</legend>
      <div class="tag-list">
        {tags.map((tag) => (
          <button
            key={tag}
            type="button"
            class="chip"
            aria-label={`Remove the tag ${tag}`}
            onClick={() => onChange(tags.filter((one) => one !== tag))}
          >
            #{tag} <Icon name="close" />
          </button>
        ))}
        <input
          type="text"
          aria-label="Add a tag"
          placeholder="Add a tag"
          list="known-tags"
          maxLength={50}
          value={typed}
          onInput={({ currentTarget: { value } }) => (value.endsWith(',') ? add(value) : setTyped(value))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing || typed.trim() === '') return;
            event.preventDefault();
            add(typed);
          }}
          onBlur={() => add(typed)}
        />
        <datalist id="known-tags">
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </div>
    </fieldset>
  );
};
