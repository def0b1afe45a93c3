// The JavaScript SDK as one of those who take part, used as its documentation shows. `run` starts it.
//
//     node javascript.mjs MODULES take-part
//     node javascript.mjs MODULES decide URL ACCESS_KEY
//
// MODULES is the directory that the SDK is installed in. What is said and answered is described in `participants.py`.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [modules, mode, ...rest] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { AuthressClient, ServiceClientTokenProvider, TokenVerifier, UnauthorizedError } = require('@authress/sdk');

const CALLERS = 64;

class Sdk {
  constructor({ url, access_key: accessKey, token }) {
    this.url = url;
    this.accessKey = accessKey;
    this.token = token;
    this.provider = new ServiceClientTokenProvider(accessKey, url);
    this.client = new AuthressClient({ authressApiUrl: url }, this.provider);
  }

  async versions() {
    const version = name => require(`./node_modules/${name}/package.json`).version;
    const versions = ['@authress/sdk', 'axios', 'jose'].map(name => `${name} ${version(name)}`);
    return { versions: [...versions, `node ${process.versions.node}`] };
  }

  async whose({ token }) {
    try {
      return { subject: (await TokenVerifier(this.url, token)).sub };
    } catch (error) {
      if (error.code === 'TokenVerificationError') {
        return { subject: null };
      }
      throw error;
    }
  }

  async may({ permission }) {
    try {
      await this.client.userPermissions.authorizeUser('user-1', 'documents/42', permission);
      return { allowed: true };
    } catch (error) {
      if (error instanceof UnauthorizedError) {
        return { allowed: false };
      }
      throw error;
    }
  }

  // A token by a provider that is made for it.
  async makeToken() {
    return { token: await new ServiceClientTokenProvider(this.accessKey, this.url).getToken() };
  }

  ask() {
    return this.client.userPermissions.authorizeUser('user-1', 'documents/42', 'read');
  }

  async askAtOnce(times) {
    const caller = async () => {
      for (let n = 0; n < times; n++) {
        await this.ask();
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
  }

  async work({ work, times }) {
    switch (work) {
      case 'verify':
        return whole(times, () => TokenVerifier(this.url, this.token));
      case 'cached':
        return whole(times, () => this.provider.getToken());
      case 'made':
        return whole(times, () => new ServiceClientTokenProvider(this.accessKey, this.url).getToken());
      case 'check':
        return each(times, () => this.ask());
      case 'at_once':
        return whole(1, () => this.askAtOnce(times));
      default:
        throw new Error(`there is no work named ${work}`);
    }
  }
}

const nanoseconds = milliseconds => Math.round(milliseconds * 1e6);

// What so many repetitions took: for work that is not much longer than a look at the clock.
async function whole(times, work) {
  const begun = performance.now();
  for (let n = 0; n < times; n++) {
    await work();
  }
  return { took: nanoseconds(performance.now() - begun) };
}

// What so many repetitions took, and the median of them.
async function each(times, work) {
  const single = new Float64Array(times);
  const begun = performance.now();
  let last = begun;
  for (let n = 0; n < times; n++) {
    await work();
    const now = performance.now();
    single[n] = now - last;
    last = now;
  }
  const took = performance.now() - begun;
  return { took: nanoseconds(took), median: nanoseconds(single.sort()[times >> 1]) };
}

async function takePart() {
  const tasks = { versions: 'versions', whose: 'whose', may: 'may', make_token: 'makeToken', work: 'work' };
  let sdk;
  for await (const line of createInterface({ input: process.stdin })) {
    const task = JSON.parse(line);
    if (sdk) {
      process.stdout.write(`${JSON.stringify(await sdk[tasks[task.do]](task))}\n`);
    } else {
      sdk = new Sdk(task);
    }
  }
}

// What a process does that lives for one decision.
async function decide(url, accessKey) {
  const client = new AuthressClient({ authressApiUrl: url }, accessKey);
  await client.userPermissions.authorizeUser('user-1', 'documents/42', 'read');
  process.stdout.write('true\n');
}

await (mode === 'decide' ? decide(...rest) : takePart());
