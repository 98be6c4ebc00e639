import { flat } from './scraped.js';

// "Thuế tỉnh trả lời theo nguyên tắc sau:"; an opinion that others are to carry out is passed on with the same words but the first.
const ANSWERS = /(?<!\p{L})(?:trả lời|giải đáp)(?: (?:cụ thể|theo nguyên tắc))?(?: như)? sau\s*:/u;
const OPINION = /(?<!\p{L})(?:có ý kiến|thông tin|trao đổi)(?: (?:cụ thể|về nội dung trên))?(?: như)? sau\s*:/u;
const ANSWERED = /(?<!\p{L})(?:trả lời|giải đáp)[^.;:]{0,60} (?:đến|để) [^.;:]{2,200}?biết(?!\p{L})/u;
const TOLD = /(?<!\p{L})(?:có ý kiến|thông tin|thông báo)[^.;:]{0,60} (?:đến|để) [^.;:]{2,200}?biết(?!\p{L})/u;
const closingCharsMax = 600;

/** Whether a letter only answers a question: it says how a provision is to be understood, and gives no tasks unless it names who is to do them. */
export function isAnswer(body: string): boolean {
  const words = flat(body);
  const closing = words.slice(-closingCharsMax);
  return (
    (ANSWERS.test(words) && (ANSWERED.test(closing) || TOLD.test(closing))) || (OPINION.test(words) && ANSWERED.test(closing))
  );
}
