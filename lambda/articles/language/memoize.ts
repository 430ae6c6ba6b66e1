/** More are asked for only by somebody who writes a new one into every article. */
const most = 500;

/** Answers each word as `work` does, which is done once for it: of language tags a newsroom has a few, and asks for them with every article. */
export function remembered<Answer>(work: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (word) => {
    const known = answers.get(word);
    if (known !== undefined) return known.answer;
    const answer = work(word);
    if (answers.size < most) answers.set(word, { answer });
    return answer;
  };
}
