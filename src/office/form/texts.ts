import type { Block, PaperContent } from '../papers/paper.js';

/** A text of a paper and where it stands. */
export interface PlacedText {
  readonly pointer: string;
  readonly text: string;
}

/** Running text: grounds, paragraphs, articles, titles of parts, cells; not what is written in capitals throughout. */
export function textsOf(content: PaperContent): readonly PlacedText[] {
  const bases = content.bases.map((text, index) => ({ pointer: `/bases/${index}`, text }));
  const appendices = (content.appendices ?? []).flatMap(({ body }, index) => blocksOf(body, `/appendices/${index}/body`));
  return [{ pointer: '/title', text: content.title }, ...bases, ...blocksOf(content.body, '/body'), ...appendices].filter(
    ({ text }) => text !== text.toLocaleUpperCase('vi'),
  );
}

function blocksOf(blocks: readonly Block[], pointer: string): readonly PlacedText[] {
  return blocks.flatMap((block, index): readonly PlacedText[] => {
    const place = `${pointer}/${index}`;
    if (block.kind === 'table')
      return block.rows.flatMap((row, at) => row.map((text, cell) => ({ pointer: `${place}/rows/${at}/${cell}`, text })));
    if (block.kind === 'article')
      return (['title', 'text'] as const).flatMap((name) =>
        block[name] === null ? [] : [{ pointer: `${place}/${name}`, text: block[name] ?? '' }],
      );
    return [{ pointer: `${place}/text`, text: block.text }];
  });
}
