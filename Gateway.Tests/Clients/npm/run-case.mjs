/** Ends with how a case went and what it has to say; one that throws a Skipped was not run, and says why. */
export async function runCase(name, test, patienceMs) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No end within ${patienceMs} ms.`)), patienceMs)
  })
  try {
    return { name, ok: true, said: await Promise.race([test(), late]) }
  } catch (error) {
    return error instanceof Skipped ? { name, skipped: error.message } : { name, ok: false, error: error.stack ?? String(error) }
  } finally {
    clearTimeout(timer)
  }
}

export class Skipped extends Error {}
