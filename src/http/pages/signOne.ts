import { randomUUID } from 'node:crypto';
import { word } from '../../locales/sentences.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { type PageAnswer, signedFrame } from './frame.js';
import type { DeskProblem } from './signDesk.js';
import { beforeSigner, paperView } from './signView.js';

export async function signOnePage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  return onePaperView(call, assets, null);
}

/** One paper before its signatory: what it is, who stands behind it, and the form that proves and signs in one go. */
export async function onePaperView(call: InstanceCall, assets: Assets, problem: DeskProblem | null): Promise<PageAnswer> {
  const paper = await beforeSigner(call, call.view.instance);
  // Signed meanwhile, returned, or never his: the dossier says how it stands.
  if (paper === null) return { kind: 'redirect', to: `/instances/${encodeURIComponent(call.view.instance.id)}` };
  const factor = await call.edge.app.secondFactors.standing(call.identity);
  const shown = await paperView(call, paper, 'p');
  const view = {
    ...signedFrame(call, assets, shown.title),
    paper: shown,
    canSign: paper.sign?.open === true,
    prepare: paper.prepare === null ? null : { value: `${paper.instance.revision}|${paper.instance.id}` },
    prepareLabel: word(call.language, paper.sign === null ? 'signPrepareOne' : 'signPrepareAgain'),
    hasFactor: factor.state === 'active',
    key: randomUUID(),
    prepareKey: randomUUID(),
    problem,
  };
  return { kind: 'page', status: problem?.status ?? 200, template: 'signOne', view };
}
