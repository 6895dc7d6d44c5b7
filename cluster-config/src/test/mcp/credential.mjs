// Loaded before the conformance suite, which cannot send a credential: has every request of it carry the gateway's.
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { Agent, setGlobalDispatcher } from 'undici';

const authorization = `Bearer ${process.env.SIGNALBOX_KEY}`;
const carrying = (dispatch) => (options, handler) => {
  const headers = options.headers;
  if (Array.isArray(headers)) {
    options.headers = [...headers, 'authorization', authorization];
  } else if (headers && typeof headers[Symbol.iterator] === 'function') {
    options.headers = [...headers, ['authorization', authorization]];
  } else {
    options.headers = { ...headers, authorization };
  }
  return dispatch(options, handler);
};
setGlobalDispatcher(new Agent().compose(carrying));
const plain = globalThis.fetch;
globalThis.fetch = (to, init = {}) => {
  const headers = new Headers(init.headers);
  headers.set('authorization', authorization);
  return plain(to, { ...init, headers });
};
const bare = http.request;
http.request = (...given) => {
  const request = bare(...given);
  request.setHeader('authorization', authorization);
  return request;
};
syncBuiltinESMExports();
