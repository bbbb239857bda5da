/**
 * How several values of one parameter may be written: with commas between them, by repeating it, or both; or as `members` of
 * an object, each as a parameter of its own: `name.member=value`.
 */
export type ListNotation = 'commas' | 'repeated' | 'repeated commas' | 'members';
