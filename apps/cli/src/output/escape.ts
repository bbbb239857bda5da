// Characters that must not reach a terminal unescaped: control characters, bidirectional marks, which reorder text, and
// invisible characters, which make different texts look the same. Joiners and variation selectors are kept where
// writing needs them: in emoji, and in scripts that use them.

const joining = [
  ...['Arabic', 'Syriac', 'Nko', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil'],
  ...['Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan', 'Javanese', 'Balinese'],
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');

const pictograph = String.raw`\p{Extended_Pictographic}`;
const inPlace = [
  // Flags of England, Scotland and Wales: a black flag followed by tags that name the region.
  String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}`,
  String.raw`(?<=[${pictograph}\p{Emoji_Modifier}\ufe0f])\u200d(?=${pictograph})`,
  String.raw`(?<=[${joining}])[\u200c\u200d]`,
  String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=[${pictograph}\p{Script=Han}\p{Script=Mongolian}\p{Script=Myanmar}\u2200-\u22ff])[\ufe00-\ufe0f]`,
  String.raw`(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}]`,
];

const unsafe = String.raw`[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\ufff9-\ufffb]`;
const maybeUnsafe = new RegExp(unsafe, 'u');
const unsafeOrInPlace = new RegExp(`(?:${inPlace.join('|')})|(${unsafe})`, 'gu');

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * Replaces characters that are not safe on a terminal by JSON escapes such as `\u200b`. A JSON text keeps its meaning.
 * @param kept characters that are not replaced
 */
export const escapeUnsafe = (text: string, kept = ''): string => {
  // Fast path: most texts have no such characters.
  if (!maybeUnsafe.test(text)) return text;
  return text.replace(unsafeOrInPlace, (all, one: string | undefined) =>
    one === undefined || kept.includes(one) ? all : escaped(one),
  );
};
