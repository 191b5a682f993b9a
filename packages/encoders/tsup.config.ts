import { library } from '../../tools/tsup.config.ts';

export default library({
  index: 'src/index.ts',
  inception: 'src/inception/index.ts',
  mnist: 'src/mnist/index.ts',
  sentences: 'src/sentences/index.ts',
  node: 'src/node.ts',
});
