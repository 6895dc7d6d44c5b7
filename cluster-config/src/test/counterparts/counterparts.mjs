// Other people's code at the other end: reads one JSON order from standard input, prints one JSON answer.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { sign, verify } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';

const require = createRequire(import.meta.url);
const { verifySlackRequest } = require('@slack/bolt/dist/receivers/verify-request');

const order = JSON.parse(readFileSync(0, 'utf8'));
const orders = {
  standard: () => new Webhook(order.secret).verify(order.body, order.headers) && true,
  githubSign: () => sign(order.secret, order.body),
  githubVerify: () => verify(order.secret, order.body, order.signature),
  slack: () => {
    verifySlackRequest({ signingSecret: order.secret, body: order.body, headers: order.headers });
    return true;
  },
};
try {
  console.log(JSON.stringify({ ok: await orders[order.what]() }));
} catch (e) {
  console.log(JSON.stringify({ ok: false, why: String(e.message) }));
}
