// Writes the CycloneDX list of what one published folder of CabinMood is made of.
//   node sbom.js FOLDER VERSION DEPENDS OUT.json
// NuGet packages and the .NET runtime come from the program's own deps.json, ONNX Runtime from its lock file, the nets
// from their cards, Debian's packages from what the .deb depends on (their versions are the target's business).
const fs = require('fs');
const path = require('path');
const os = require('os');
const cdx = require('@cyclonedx/cyclonedx-library');

const [, , folder, version, depends, out] = process.argv;
const root = path.join(__dirname, '..', '..');
const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const { Component, Bom, NamedLicense, LicenseExpression, SpdxLicense } = cdx.Models;
const { ComponentType, HashAlgorithm } = cdx.Enums;

function component(type, name, itsVersion, purl, { hashes = [], licence, description } = {}) {
  const made = new Component(type, name, { version: itsVersion, bomRef: purl, description });
  made.purl = purl;
  for (const [algorithm, hex] of hashes) made.hashes.set(algorithm, hex);
  if (licence) made.licenses.add(licence);
  return made;
}

function licenceOf(id) {
  if (/^[A-Za-z0-9.+-]+$/.test(id)) return new SpdxLicense(id);
  return new LicenseExpression(id);
}

// What a package says of its own licence; older ones only name a page.
function nugetLicence(name, itsVersion) {
  const packages = process.env.NUGET_PACKAGES || path.join(os.homedir(), '.nuget', 'packages');
  const nuspec = path.join(packages, name.toLowerCase(), itsVersion, `${name.toLowerCase()}.nuspec`);
  const found = fs.existsSync(nuspec) && fs.readFileSync(nuspec, 'utf8').match(/<license type="expression">([^<]+)</);
  return found ? licenceOf(found[1]) : undefined;
}

function managed() {
  const { libraries } = readJson(path.join(folder, 'cabinmood.deps.json'));
  const parts = [];
  for (const [key, library] of Object.entries(libraries)) {
    const [name, itsVersion] = key.split('/');
    if (library.type === 'package') {
      const sha512 = Buffer.from(library.sha512.replace('sha512-', ''), 'base64').toString('hex');
      parts.push(component(ComponentType.Library, name, itsVersion, `pkg:nuget/${name}@${itsVersion}`,
        { hashes: [[HashAlgorithm['SHA-512'], sha512]], licence: nugetLicence(name, itsVersion) }));
    } else if (library.type === 'runtimepack') {
      const pack = name.replace('runtimepack.', '');
      parts.push(component(ComponentType.Framework, pack, itsVersion, `pkg:nuget/${pack}@${itsVersion}`, { licence: licenceOf('MIT') }));
    }
  }
  return parts;
}

function onnxRuntime() {
  const locked = readJson(path.join(root, 'deploy/native/package-lock.json')).packages['node_modules/onnxruntime-node'];
  const sha256 = fs.readFileSync(path.join(folder, 'libonnxruntime.so.1.sha256'), 'utf8').split(' ')[0];
  return component(ComponentType.Library, 'libonnxruntime', locked.version, `pkg:npm/onnxruntime-node@${locked.version}`,
    { hashes: [[HashAlgorithm['SHA-256'], sha256]], licence: licenceOf('MIT'), description: 'the one library out of this package' });
}

function nets() {
  return ['detector', 'emotion'].map(kind => {
    const card = readJson(path.join(folder, 'models', kind, `${kind}.json`));
    return component(ComponentType.MachineLearningModel, card.name, card.version, `pkg:generic/cabinmood-${kind}@${card.version}`,
      { hashes: [[HashAlgorithm['SHA-256'], card.sha256]], licence: new NamedLicense('see MODEL_CARDS.md', {}), description: card.trainedOn });
  });
}

function debian() {
  return depends.split(',').map(part => part.trim().split(' ')[0])
    .map(name => component(ComponentType.Library, name, undefined, `pkg:deb/debian/${name}?distro=bookworm`));
}

const bom = new Bom();
const product = component(ComponentType.Application, 'cabinmood', version, `pkg:deb/cabinmood@${version}`, { licence: licenceOf('MIT') });
bom.metadata.component = product;
for (const part of [...managed(), onnxRuntime(), ...nets(), ...debian()]) {
  bom.components.add(part);
  product.dependencies.add(part.bomRef);
}

const spec = cdx.Spec.Spec1dot6;
const text = new cdx.Serialize.JsonSerializer(new cdx.Serialize.JSON.Normalize.Factory(spec))
  .serialize(bom, { sortLists: true, space: 1 });
new cdx.Validation.JsonStrictValidator(spec.version).validate(text).then(problem => {
  if (problem) throw new Error(`not valid CycloneDX: ${JSON.stringify(problem)}`);
  fs.writeFileSync(out, `${text}\n`);
});
