/** Only hostile input exceeds this. */
const most = 500;

/** Memoizes `work` by its argument: a newsroom has a few language tags, and every article asks for them. */
export function memoize<Answer>(work: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (word) => {
    const known = answers.get(word);
    if (known !== undefined) return known.answer;
    const answer = work(word);
    if (answers.size < most) answers.set(word, { answer });
    return answer;
  };
}
