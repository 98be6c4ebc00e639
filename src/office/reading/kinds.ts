import type { Item } from './outline.js';
import type { ClauseKind } from './planReading.js';
import { unitsInText } from './unitRoles.js';

const OBJECTIVE = /mục\s+(?:đích|tiêu)|yêu\s+cầu|chỉ\s+tiêu|quan\s+điểm|nguyên\s+tắc/iu;
const ORGANISATION = /tổ\s+chức\s+thực\s+hiện|kinh\s+phí|nguồn\s+lực|phân\s+công|trách\s+nhiệm\s+thực\s+hiện/iu;
// Sections that describe and order nothing; the second list holds for the large sections only, where no task is named so.
const DESCRIPTION =
  /^(?:đối\s+tượng|phạm\s+vi|tình\s+hình|thực\s+trạng|hiện\s+trạng|chủ\s+đề|hình\s+thức\s+khen\s+thưởng|đặc\s+điểm|bối\s+cảnh)/iu;
const ACCOUNT =
  /^(?:đối\s+tượng|phạm\s+vi|(?:khái\s+quát|đánh\s+giá)?\s*(?:chung\s+|về\s+)?(?:tình\s+hình|thực\s+trạng|kết\s+quả|nguy\s+cơ|diễn\s+biến)|đặc\s+điểm|bối\s+cảnh|sự\s+cần\s+thiết|cơ\s+sở|căn\s+cứ|hạn\s+chế|tồn\s+tại|khó\s+khăn|thuận\s+lợi|nguyên\s+nhân|hiện\s+trạng|(?:đánh\s+giá|nhận\s+định|khái\s+quát)\s+chung|ưu\s+điểm|dự\s+báo|giải\s+thích|bài\s+học)/iu;
// A report or a submission gives orders only in such sections.
const ACTIVE =
  /nhiệm\s+vụ|phương\s+hướng|giải\s+pháp|tiêu\s+chí|kiến\s+nghị|đề\s+xuất|đề\s+nghị|tổ\s+chức\s+thực\s+hiện|kế\s+hoạch|phương\s+án|mục\s+(?:đích|tiêu)|nội\s+dung\s+(?:đề|trình|chủ)/iu;
const ACCOUNTING_TYPES = new Set(['Báo cáo', 'Tờ trình', 'Biên bản']);
const MEMBERS = /^(?:Ông|Bà|Đồng\s+chí|Đ\/c)\s+\p{Lu}|\s[-–]\s(?:Trưởng|Phó|Tổ|Thành|Ủy|Uỷ)\S*\s(?:ban|đoàn|trưởng|phó|viên)/u;
const ORDERS =
  /(?<!\p{L})(?:(?<!(?:đáp ứng|theo|các|những) )yêu cầu(?! nhiệm vụ)|đề nghị|giao(?! dịch| thông| lưu| diện| tiếp)|có trách nhiệm|chủ trì,? phối hợp|có hiệu lực|chịu trách nhiệm|nghiêm túc|nghiêm chỉnh|mong quý (?:cơ quan|đơn vị))(?!\p{L})/iu;
const FORMULA =
  /^Trên đây là|^(?:Xin )?[Tt]rân trọng|^[^.;:]{0,60}\s(?:xin )?trân trọng thông báo|kính (?:trình|báo cáo|mong)|(?:thông báo|trả lời|thông tin|có ý kiến) (?:đến|để)\s[^.;]{0,120}biết/u;

// "(Chi tiết tại Phụ lục kèm theo)" only points to an annex.
const POINTER = /^\((?:[Cc]hi tiết|Quét mã|[Kk]èm theo|[Đđ]ính kèm|[Cc]ó\s[^)]*kèm theo|[Pp]hụ lục)[^)]*\)[.;]?$/u;
// "- Các nội dung hỗ trợ bao gồm:" introduces the items under it; "- Hướng dẫn các hộ xây nhà:" is itself a task.
const INTRODUCES =
  /^(?:Các|Những|Một số|Thông số|Nội dung|Thời gian|Địa điểm|Số lượng|Danh mục|Nguồn|Thành phần|Hình thức|Mức|Nguy cơ)[\s,].*:$/u;
// "Sở gửi kèm tài liệu gồm:" counts up papers, not tasks.
const ENCLOSES = /(?:gửi kèm|đính kèm)[^.;:]*(?:gồm|sau)?:$/u;
const PRAISE = /^(?:Đánh giá cao|Hoan nghênh|Ghi nhận(?:,| và) (?:đánh giá|biểu dương|hoan nghênh))/u;

/** The kind of an item by the title of its section; articles put a decision into effect. */
export function kindOf(item: Item, kinds: ReadonlyMap<Item, ClauseKind>): ClauseKind {
  if (item.marker.kind === 'article') return 'organisation';
  if (item.marker.kind === 'section' || item.marker.kind === 'part') {
    if (ORGANISATION.test(item.text)) return 'organisation';
    if (OBJECTIVE.test(item.text) && !/nhiệm\s+vụ/iu.test(item.text)) return 'objective';
    return (item.parent && kinds.get(item.parent)) ?? 'directive';
  }
  return (item.parent && kinds.get(item.parent)) ?? 'directive';
}

/** Whether an item is a clause by its place: the last of its numbering, and not description, formula or list of members. */
export function isLeaf(item: Item, type: string | null): boolean {
  const { kind, value } = item.marker;
  if (kind === 'paragraph') {
    if (/:$/.test(item.text) && value === '') return false;
    if (isFormula(item) || POINTER.test(item.text)) return false;
    if (item.parent === null && value === '' && !ORDERS.test(item.text)) return false;
  }
  for (let above: Item | null = item; above; above = above.parent)
    if (describes(above, type) && !turnsToTasks(above, item)) return false;
  if (PRAISE.test(item.text) || narrates(item) || isTheme(item) || SAYS_WHOM.test(item.text)) return false;
  if (kind === 'dash') return item.children.length === 0 || !INTRODUCES.test(item.text);
  if (kind === 'article' && item.children.length > 0 && item.words.length === 0 && ARTICLE_TITLE.test(item.text)) return false;
  return item.children.every((child) => child.marker.kind === 'paragraph') || namesMembers(item) || isTaskAbove(item);
}

// "Điều 4. Hiệu lực thi hành" over paragraphs of its own.
const ARTICLE_TITLE = /^[^.;:]{0,120}[^.;:]$/u;
const PAST =
  /^(?:Trong (?:thời gian|những năm|các năm|\d{1,2} (?:tháng|năm)[^.;,]{0,20}) (?:vừa )?qua,|Thời gian (?:vừa )?qua,|Ngày \d[^.;,]{4,24}, [^.;]{3,120}?\sđã\s|Hiện nay,)/u;
const TASKS_FOLLOW = /(?:nhiệm vụ|giải pháp|yêu cầu|đề nghị|giao|tập trung)(?!\p{L})[^.;:]*:$/u;
const THEMES = /(?:nội dung|chủ đề|chuyên đề)(?: sau| sau đây| như sau)?:?$/u;
// "3. Đối tượng: Các sở, ban, ngành": said of the whole, not to be done.
const SAYS_WHOM = /^(?:Đối tượng|Phạm vi|Chủ đề)(?: (?:thực hiện|áp dụng|tham gia|thi đua))?\s*:\s/u;
const NAMED_THEMES = /^(?:Các|Những|Một số) (?:chuyên đề|chủ đề|nội dung|vấn đề|bài|tin)(?!\p{L})/u;
// "Cục Thuế nhận được câu hỏi ...": the agency tells, and orders nothing.
const TELLS = /^[^.;:]{3,120}?\s(?:nhận được|đã nhận|đã có|có ý kiến|thông báo|trả lời|trân trọng|xin)(?!\p{L})/u;

/** "Trong thời gian qua, nước ta đã tiến hành ...": what has been done or stands so, not what is to be done. */
function narrates(item: Item): boolean {
  return PAST.test(item.text) && !ORDERS.test(item.text.slice(0, sentenceCharsMax).split(/[.;]\s/u, 1)[0] ?? '');
}

/** "- Các chuyên đề về công tác xây dựng Đảng": what papers or talks are to be about, counted up under a heading that says so. */
function isTheme(item: Item): boolean {
  const above = item.parent?.text ?? '';
  return item.marker.kind === 'dash' && THEMES.test(above) && NAMED_THEMES.test(item.text);
}

/** A numbered sentence that orders by itself and has items under it that say more: it is a clause, and they are. */
function isTaskAbove(item: Item): boolean {
  const { text, children } = item;
  if (!['number', 'letter'].includes(item.marker.kind) || item.words.length > 0) return false;
  if (!/[^:]\.$/u.test(text) || text.length < taskCharsMin) return false;
  return children.every(({ marker }) => ['dash', 'plus', 'paragraph'].includes(marker.kind)) && hasLead(text);
}

const taskCharsMin = 100;
const sentenceCharsMax = 400;

function hasLead(text: string): boolean {
  return unitsInText(text, true).some(({ role }) => role === 'lead');
}

/** Whether a paragraph of a paper without any numbering orders something: by its words, or by the unit that is its subject. */
export function ordersUnnumbered(item: Item): boolean {
  if (item.marker.kind !== 'paragraph' || isFormula(item) || TELLS.test(item.text) || /:$/.test(item.text)) return false;
  return hasLead(item.text);
}

/** Words that close a paper and order nothing: "Trên đây là báo cáo ...", "kính trình ... xem xét". */
export function isFormula(item: Item): boolean {
  return item.marker.kind === 'paragraph' && FORMULA.test(item.text) && !ORDERS.test(item.text);
}

/** "Để vận hành hiệu quả, thành phố cần tập trung một số nhiệm vụ sau đây:": what follows in an account is no account any more. */
function turnsToTasks(account: Item, item: Item): boolean {
  return account.children.some(
    ({ marker, text }) => marker.kind === 'paragraph' && marker.start < item.marker.start && TASKS_FOLLOW.test(text),
  );
}

/** Whether what stands under an item only describes, or only lists the members of a body. */
export function describes(item: Item, type: string | null): boolean {
  const { kind } = item.marker;
  if (item.parent && (namesMembers(item.parent) || ENCLOSES.test(item.parent.text))) return true;
  if (kind === 'dash' || (item.children.length === 0 && item.words.length === 0)) return false;
  if (kind !== 'section' && kind !== 'part') return DESCRIPTION.test(item.text);
  const accounting = ACCOUNTING_TYPES.has(type ?? '') && item.parent === null && !ACTIVE.test(item.text);
  return accounting || (ACCOUNT.test(item.text) && !ACTIVE.test(item.text));
}

const membersLookedAt = 20;
const memberCharsMax = 200;

/** "Thành lập Tổ công tác, gồm các ông, bà có tên sau:": the items under it are people, the duty is the item's own. */
function namesMembers(item: Item): boolean {
  if (item.marker.kind === 'section' || item.marker.kind === 'part') return false;
  const first = item.children.slice(0, membersLookedAt);
  const people = first.filter((child) => MEMBERS.test(child.text.slice(0, memberCharsMax))).length;
  return people > 0 && people * 2 >= first.length;
}

/** A paragraph before the first item introduces; only one that orders something is a clause. */
export function ordersSomething(item: Item): boolean {
  return item.marker.kind !== 'paragraph' || (item.parent !== null && ORDERS.test(item.text));
}
