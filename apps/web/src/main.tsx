import { render } from 'preact';

render(<h1>Taskward</h1>, document.getElementById('app') as HTMLElement);
