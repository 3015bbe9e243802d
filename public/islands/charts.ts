// Draws the charts of a page again with Chart.js, over what the server drew: hover, and sharp at any width.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  Tooltip,
} from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

type Drawn = {
  kind: 'columns' | 'rows'
  labels: string[]
  series: { label: string; values: number[] }[]
}

const COLOURS = ['#d4af37', '#1d1d1b']
const LABEL_CHARS_MAX = 32
const shortened = (text: string) =>
  text.length > LABEL_CHARS_MAX ? `${text.slice(0, LABEL_CHARS_MAX - 1)}…` : text

function configuration({ kind, labels, series }: Drawn): ChartConfiguration<'bar'> {
  const isRows = kind === 'rows'
  const counts = { beginAtZero: true, ticks: { precision: 0 } }
  const names = {
    grid: { display: false },
    ticks: {
      maxRotation: 0,
      autoSkip: !isRows,
      maxTicksLimit: isRows ? labels.length : 8,
      callback: (_: unknown, index: number) => shortened(labels[index] ?? ''),
    },
  }
  return {
    type: 'bar',
    data: {
      labels,
      datasets: series.map(({ label, values }, i) => ({
        label,
        data: values,
        backgroundColor: COLOURS[i] ?? '#82817b',
        borderColor: '#1d1d1b',
        borderWidth: i === 0 ? 1 : 0,
        maxBarThickness: 24,
      })),
    },
    options: {
      indexAxis: isRows ? 'y' : 'x',
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      color: '#0c0c0c',
      font: { family: 'system-ui, sans-serif', size: 12 },
      plugins: { tooltip: { enabled: true } },
      scales: isRows ? { x: counts, y: names } : { x: names, y: counts },
    },
  }
}

for (const box of document.querySelectorAll<HTMLElement>('[data-chart]')) {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', box.dataset.chartLabel ?? '')
  // The box keeps the height of what the server drew, so nothing below it moves.
  box.style.height = `${box.clientHeight}px`
  box.replaceChildren(canvas)
  new Chart(canvas, configuration(JSON.parse(box.dataset.chart ?? '{}') as Drawn))
}
