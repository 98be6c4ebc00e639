import { performance } from 'node:perf_hooks';
import type { Stage } from './quarterEnd.js';
import { cast, periodId, periodOf } from './world.js';

/** What one question about the plan took, in ms, once for each round. */
export interface Looked {
  readonly name: string;
  readonly ms: readonly number[];
}

/** The numbers of the open quarter and the matrix of the plan, as the consolidator gets them. */
export async function lookAt(
  { product, world, plan }: Stage,
  { quarter, rounds }: { readonly quarter: number; readonly rounds: number },
): Promise<readonly Looked[]> {
  const { app, modules, time } = product;
  const scope = { authority: world.authority, plan: plan.id, unit: null, reader: null, now: time.now };
  const questions: Readonly<Record<string, () => Promise<unknown>>> = {
    'progress of the open quarter': () => modules.progress.planProgress(app.deps, { ...scope, quarter: periodOf(quarter) }),
    'progress of the plan': () => modules.progress.planProgress(app.deps, { ...scope, quarter: null }),
    'coverage of the plan': () => modules.coverage.coverageOfPlan(app.deps, world.authority, plan.id),
  };
  const looked: Looked[] = [];
  for (const [name, ask] of Object.entries(questions)) {
    const ms: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const begun = performance.now();
      await ask();
      // The first pays for what is compiled and cached.
      if (round > 0) ms.push(performance.now() - begun);
    }
    looked.push({ name, ms });
  }
  return looked;
}

/** Addresses of what is read of a quarter, and who may read all of it. */
export async function pagesOf(
  { product, world, plan }: Stage,
  { quarter }: { readonly quarter: number },
): Promise<{ readonly cookie: string; readonly paths: Readonly<Record<string, string>> }> {
  const { app } = product;
  const { authority } = world;
  const { instances } = app.deps.store;
  const identity = { authority, person: cast.consolidator };
  const period = periodId(authority, plan.obligation, periodOf(quarter));
  const reports = await instances.childrenOf(authority, period, 'report', 1_000);
  const [paper] = await instances.childrenOf(authority, period, 'consolidation', 1);
  const report = reports[Math.floor(reports.length / 2)];
  if (report === undefined || paper === undefined) throw new Error(`nothing to read of ${periodOf(quarter)}`);
  const of = (id: string, more = ''): string => `/instances/${encodeURIComponent(id)}${more}`;
  const password = 'lá rơi ngoài hiên vắng 73';
  const login = `${authority}-bench`;
  const known = await app.accounts.verify(login, password);
  if (known === null) {
    await app.opened.accounts.create(identity, login);
    await app.accounts.setPassword(identity, password);
  }
  const quarterQuery = `?quarter=${periodOf(quarter)}`;
  return {
    cookie: await signIn(product.server.port, login, password),
    paths: {
      plan: of(plan.id),
      obligation: of(plan.obligation),
      'obligation, its periods': of(plan.obligation, '/consolidation'),
      period: of(period),
      'period, who reported': of(period, '/consolidation'),
      'report, its record': of(report.id),
      'report, its text': of(report.id, '/report'),
      'consolidated report': of(paper.id),
      'consolidated report with its sources': of(paper.id, '/consolidation'),
      'progress of the quarter': of(plan.id, `/progress${quarterQuery}`),
      'follow-up of a unit in the quarter': of(plan.id, `/follow-up${quarterQuery}&unit=${world.units.at(-1) ?? ''}`),
    },
  };
}

async function signIn(port: number, login: string, password: string): Promise<string> {
  const origin = `http://127.0.0.1:${port}`;
  const jar = new Map<string, string>();
  const keep = (response: Response): void => {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const cut = pair.indexOf('=');
      jar.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
  };
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const page = await fetch(`${origin}/sign-in`, { headers: { accept: 'text/html' } });
  keep(page);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const sent = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie: cookies() },
    body: new URLSearchParams({ _csrf: csrf, login, password, next: '/inbox' }),
  });
  keep(sent);
  if (sent.status !== 303 && sent.status !== 302) throw new Error(`signing in answered ${sent.status}`);
  return cookies();
}
