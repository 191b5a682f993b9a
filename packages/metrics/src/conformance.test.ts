import { testMetric } from '@ganjs/testkit';
import { densityCoverage, frechetDistanceOfFeatures, polynomialMmd, precisionRecall, rows } from './index.js';

testMetric(
  'frechetDistanceOfFeatures',
  (x, y, width) => frechetDistanceOfFeatures(rows(x, width), rows(y, width)),
  { best: 'lowest', range: [0, Number.POSITIVE_INFINITY], ofItself: 0 },
);
testMetric('polynomialMmd', (x, y, width) => polynomialMmd(rows(x, width), rows(y, width)), {
  best: 'lowest',
});
testMetric('precisionRecall', (x, y, width) => precisionRecall(rows(y, width), rows(x, width)).precision, {
  best: 'highest',
  range: [0, 1],
  ofItself: 1,
});
testMetric('densityCoverage', (x, y, width) => densityCoverage(rows(y, width), rows(x, width)).coverage, {
  best: 'highest',
  range: [0, 1],
  ofItself: 1,
});
