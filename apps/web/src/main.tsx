import './styles/index.css';
import { render } from 'preact';
import { registerServiceWorker } from './browser/register-service-worker.ts';
import { App } from './ui/start/app.tsx';

render(<App />, document.getElementById('app') as HTMLElement);
void registerServiceWorker();
