// @ts-check
// The screens by route, and what runs at start.
import { remove, forgotten } from './account/deactivate.js';
import { showHistory } from './account/history.js';
import { home } from './account/home.js';
import { showLiftFreeze } from './account/lift-freeze.js';
import { showRenew } from './account/renew.js';
import { settings } from './account/settings.js';
import { choose } from './activate/choose.js';
import { conditions } from './activate/conditions.js';
import { findRpps } from './activate/find-rpps.js';
import { finish } from './activate/finish.js';
import { inspectLink } from './activate/inspect.js';
import { nextStep } from './activate/journey.js';
import { pairingCode } from './activate/pairing-code.js';
import { choosePin } from './activate/pin.js';
import { requestByMail, requested } from './activate/request-by-mail.js';
import { scan } from './activate/scan.js';
import { smsCode } from './activate/sms.js';
import { welcome } from './activate/welcome.js';
import { answerRequest, closedRequest } from './approve/approve.js';
import { listenForInstall } from './install.js';
import { createRouter } from './router.js';
import { frame, watchNetwork } from './shell.js';
import { activationOver, inactive, noStorage, notFound, unknownPhone } from './states.js';
import { read } from './store.js';
import { registerWorker } from './worker.js';

/** @type {Record<string, import('./router.js').Screen>} */
const screens = {
  bienvenue: welcome,
  conditions,
  choisir: choose,
  scanner: scan,
  demander: requestByMail,
  'demande-envoyee': requested,
  retrouver: findRpps,
  verifier: inspectLink,
  code: pairingCode,
  sms: smsCode,
  pin: choosePin,
  fin: finish,
  accueil: home,
  historique: showHistory,
  parametres: settings,
  supprimer: remove,
  oubli: forgotten,
  renouveler: showRenew,
  debloquer: showLiftFreeze,
  demande: answerRequest,
  'demande-close': closedRequest,
  inactive,
  inconnu: unknownPhone,
  'activation-terminee': activationOver,
  stockage: noStorage,
  introuvable: notFound,
};

/** The first screen: a running activation, else the e-CPS of this phone, else the reason of its deactivation. */
async function start() {
  const next = await nextStep();
  if (next && next !== 'demande-envoyee') return next;
  if (await read('device')) return 'accueil';
  if (next) return next;
  return (await read('inactive')) ? 'inactive' : 'bienvenue';
}

listenForInstall();
const router = createRouter(screens, frame(), start);
watchNetwork();
registerWorker();
router.show();
