import './styles/main.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Button } from './ui/button.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has an element with id "root"');
createRoot(root).render(
  <StrictMode>
    <Button tone="primary">WICKWORKS</Button>
  </StrictMode>,
);
