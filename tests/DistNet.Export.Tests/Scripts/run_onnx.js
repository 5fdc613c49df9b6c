// Runs models in ONNX Runtime: node run_onnx.js JOBS.json RESULTS.json
// A job is { name, model, samples }: paths of the model and of a CSV file of unscaled samples.
const fs = require('fs');
const ort = require('onnxruntime-node');

async function run(job) {
  const rows = fs.readFileSync(job.samples, 'utf8').trim().split('\n').map(line => line.split(',').map(Number));
  const session = await ort.InferenceSession.create(job.model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const predict = async some => await session.run({ [session.inputNames[0]]: new ort.Tensor('float32', Float32Array.from(some.flat()), [some.length, rows[0].length]) });
  const all = await predict(rows);
  const one = await predict(rows.slice(-1));
  const name = session.outputNames[0];
  return {
    name: job.name,
    inputs: session.inputNames,
    outputs: session.outputNames,
    shape: all[name].dims,
    predictions: Array.from(all[name].data),
    labels: Array.from(all.label.data, Number),
    last: Array.from(one[name].data),
  };
}

(async () => {
  const results = [];
  for (const job of JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))) {
    results.push(await run(job));
  }
  fs.writeFileSync(process.argv[3], JSON.stringify(results));
})().catch(error => { console.error(error); process.exit(1); });
