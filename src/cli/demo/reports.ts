import { readFile } from 'node:fs/promises';
import type { Instance, Json, JsonObject } from '../../commands/look.js';
import { reportAtHand } from '../../commands/reporting/drafts.js';
import { loadForm } from '../../commands/reporting/forms.js';
import { printedDay } from '../../office/papers/printedWords.js';
import type { Answer, DutySection, UnitReport } from '../../office/reporting/report.js';
import type { ReportedDuty } from '../../office/reporting/reportDuties.js';
import { spokenFor } from './duties.js';
import type { Stage } from './stage.js';

const exampleForm = new URL('../../../examples/report-form.json', import.meta.url);

const DONE = [
  'Đã hoàn thành ngày {day}, tự đánh giá đạt yêu cầu.',
  'Hoàn thành ngày {day}; đã lưu hồ sơ kết quả tại đơn vị.',
  'Đã làm xong ngày {day}, không phát sinh vướng mắc.',
];
const RUNNING = [
  'Đang thực hiện, ước đạt {share}% khối lượng, đúng tiến độ.',
  'Đã phân công người phụ trách; ước đạt {share}% khối lượng.',
  'Đang thực hiện, ước đạt {share}%; cần thêm sự phối hợp của các đơn vị liên quan.',
  'Đã triển khai đến cán bộ, công chức; ước đạt {share}% khối lượng.',
];
const NEXT = 'Tiếp tục thực hiện các nhiệm vụ chưa hoàn thành; duy trì kết quả đã đạt được.';

/** Loads the example's form of a report; answers its id. */
export async function loadReportForm({ app, world }: Stage): Promise<string> {
  const form = JSON.parse(await readFile(exampleForm, 'utf8')) as JsonObject;
  const { form: loaded } = await loadForm(app.deps, { authority: world.authority, actor: world.cast.consolidator }, form);
  return loaded.id;
}

/** Which report is made up: of which unit, for which quarter (0 to 3) of the story. */
export interface MadeUp {
  readonly unit: string;
  readonly quarter: number;
}

/** A unit's report as its form asks: made up, the same in every run, and true to the standing of its duties. */
async function reportOf({ app, world }: Stage, instance: Instance, { unit, quarter }: MadeUp): Promise<UnitReport> {
  const { report, duties } = await reportAtHand(app.deps, instance);
  const place = world.reporting.indexOf(unit);
  const sections = report.sections.map((section, index) => {
    const duty = duties.find(({ id }) => id === section.assignment);
    return { ...section, answers: { ...section.answers, ...toldOf(duty, place * 7 + index * 3 + quarter * 5, quarter) } };
  });
  const answers: Readonly<Record<string, Answer>> = {
    soCuocHop: String(1 + ((place + quarter) % 4)),
    soLuotNguoi: String(40 + ((place * 13 + quarter * 29) % 90)),
    soKienNghi: String(3 + ((place * 5 + quarter * 11) % 17)),
    conTon: String((place + quarter * 2) % 4),
    kinhPhi: `${2 + ((place + quarter) % 6)}.${1 + ((place * 3 + quarter) % 9)}`,
    coQuyChe: true,
    phuongHuong: NEXT,
  };
  return { ...report, sections, answers };
}

function toldOf(duty: ReportedDuty | undefined, turn: number, quarter: number): DutySection['answers'] {
  const done = duty?.completedOn ?? null;
  const share = done === null ? Math.min(95, 15 + quarter * 20 + (turn % 4) * 5) : 100;
  const ketQua =
    done === null
      ? (RUNNING[turn % RUNNING.length] ?? '').replace('{share}', String(share))
      : (DONE[turn % DONE.length] ?? '').replace('{day}', printedDay(done));
  return { ketQua, tienDo: String(share), dungTienDo: true };
}

/** Written and sent by whoever acts for the unit. */
export async function sendReport(stage: Stage, id: string, made: MadeUp): Promise<Instance> {
  const { app, desk, world } = stage;
  const held = await app.deps.store.instances.load(world.authority, id);
  if (held === null) throw new Error(`no report ${id}`);
  const content = await app.deps.store.contents.put(
    world.authority,
    (await reportOf(stage, held.instance, made)) as unknown as Json,
  );
  const head = world.headOf(made.unit);
  await desk.act(head, id, 'START', { input: { content } });
  return desk.act(head, id, 'SUBMIT', { input: spokenFor(stage, made.unit) });
}

/** The report comes back with what is missing in it, is mended and sent again on the same day. */
export async function sendAgain(stage: Stage, report: Instance, unit: string): Promise<Instance> {
  const { app, desk, world } = stage;
  const { authority, cast } = world;
  const reason = 'Số liệu chưa có thuyết minh. Đề nghị bổ sung cách tính số lượt người tham dự.';
  await desk.act(cast.consolidator, report.id, 'RETURN', { saw: report.content ?? '', input: { reason } });
  const { report: before } = await reportAtHand(app.deps, report);
  const answers = { ...before.answers, deXuat: 'Số lượt người tham dự tính theo danh sách ký tên tại từng cuộc.' };
  const content = await app.deps.store.contents.put(authority, { ...before, answers } as unknown as Json);
  await desk.act(world.headOf(unit), report.id, 'SAVE', { input: { content } });
  return desk.act(world.headOf(unit), report.id, 'SUBMIT', { input: spokenFor(stage, unit) });
}
