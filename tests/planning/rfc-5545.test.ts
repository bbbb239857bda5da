// The examples of RFC 5545, section 3.8.5.3, with its dates. Left out are those with rule parts that Taskward has not: BYYEARDAY,
// BYWEEKNO, and times of day.
import { makeCalendar } from '@taskward/adapters-planning';
import type { Series } from '@taskward/domain';
import t from 'tap';

const calendar = makeCalendar();

/** Dates as the RFC writes them: `1997 Sep 2,9-11; Oct 7`. Without an end, the first dates of the series. */
type Example = readonly [name: string, start: string, rule: string, dates: string, end?: 'ends'];

const examples: readonly Example[] = [
  ['daily, ten times', '1997-09-02', 'FREQ=DAILY;COUNT=10', '1997 Sep 2-11', 'ends'],
  [
    'daily until December 24',
    '1997-09-02',
    'FREQ=DAILY;UNTIL=19971224T000000Z',
    '1997 Sep 2-30; Oct 1-31; Nov 1-30; Dec 1-23',
    'ends',
  ],
  [
    'every other day',
    '1997-09-02',
    'FREQ=DAILY;INTERVAL=2',
    '1997 Sep 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30; Oct 2,4,6',
  ],
  ['every ten days, five times', '1997-09-02', 'FREQ=DAILY;INTERVAL=10;COUNT=5', '1997 Sep 2,12,22; Oct 2,12', 'ends'],
  [
    'every day in January, for three years, by year',
    '1998-01-01',
    'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
    '1998 Jan 1-31; 1999 Jan 1-31; 2000 Jan 1-31',
    'ends',
  ],
  [
    'every day in January, for three years, by day',
    '1998-01-01',
    'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1',
    '1998 Jan 1-31; 1999 Jan 1-31; 2000 Jan 1-31',
    'ends',
  ],
  ['weekly, ten times', '1997-09-02', 'FREQ=WEEKLY;COUNT=10', '1997 Sep 2,9,16,23,30; Oct 7,14,21,28; Nov 4', 'ends'],
  [
    'weekly until December 24',
    '1997-09-02',
    'FREQ=WEEKLY;UNTIL=19971224T000000Z',
    '1997 Sep 2,9,16,23,30; Oct 7,14,21,28; Nov 4,11,18,25; Dec 2,9,16,23',
    'ends',
  ],
  [
    'every other week',
    '1997-09-02',
    'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
    '1997 Sep 2,16,30; Oct 14,28; Nov 11,25; Dec 9,23; 1998 Jan 6,20; Feb 3',
  ],
  [
    'on Tuesday and Thursday for five weeks, until',
    '1997-09-02',
    'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
    '1997 Sep 2,4,9,11,16,18,23,25,30; Oct 2',
    'ends',
  ],
  [
    'on Tuesday and Thursday for five weeks, counted',
    '1997-09-02',
    'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH',
    '1997 Sep 2,4,9,11,16,18,23,25,30; Oct 2',
    'ends',
  ],
  [
    'every other week on Monday, Wednesday and Friday',
    '1997-09-01',
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
    '1997 Sep 1,3,5,15,17,19,29; Oct 1,3,13,15,17,27,29,31; Nov 10,12,14,24,26,28; Dec 8,10,12,22',
    'ends',
  ],
  [
    'every other week on Tuesday and Thursday, eight times',
    '1997-09-02',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
    '1997 Sep 2,4,16,18,30; Oct 2,14,16',
    'ends',
  ],
  [
    'on the first Friday, ten times',
    '1997-09-05',
    'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
    '1997 Sep 5; Oct 3; Nov 7; Dec 5; 1998 Jan 2; Feb 6; Mar 6; Apr 3; May 1; Jun 5',
    'ends',
  ],
  [
    'on the first Friday until December 24',
    '1997-09-05',
    'FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR',
    '1997 Sep 5; Oct 3; Nov 7; Dec 5',
    'ends',
  ],
  [
    'every other month on the first and last Sunday',
    '1997-09-07',
    'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
    '1997 Sep 7,28; Nov 2,30; 1998 Jan 4,25; Mar 1,29; May 3,31',
    'ends',
  ],
  [
    'on the second-to-last Monday',
    '1997-09-22',
    'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    '1997 Sep 22; Oct 20; Nov 17; Dec 22; 1998 Jan 19; Feb 16',
    'ends',
  ],
  [
    'on the third-to-the-last day',
    '1997-09-28',
    'FREQ=MONTHLY;BYMONTHDAY=-3',
    '1997 Sep 28; Oct 29; Nov 28; Dec 29; 1998 Jan 29; Feb 26',
  ],
  [
    'on the 2nd and 15th',
    '1997-09-02',
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
    '1997 Sep 2,15; Oct 2,15; Nov 2,15; Dec 2,15; 1998 Jan 2,15',
    'ends',
  ],
  [
    'on the first and last day',
    '1997-09-30',
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
    '1997 Sep 30; Oct 1,31; Nov 1,30; Dec 1,31; 1998 Jan 1,31; Feb 1',
    'ends',
  ],
  [
    'every 18 months on the 10th to 15th',
    '1997-09-10',
    'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
    '1997 Sep 10-15; 1999 Mar 10-13',
    'ends',
  ],
  [
    'every Tuesday, every other month',
    '1997-09-02',
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    '1997 Sep 2,9,16,23,30; Nov 4,11,18,25; 1998 Jan 6,13,20,27; Mar 3,10,17,24,31',
  ],
  [
    'yearly in June and July',
    '1997-06-10',
    'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
    '1997 Jun 10; Jul 10; 1998 Jun 10; Jul 10; 1999 Jun 10; Jul 10; 2000 Jun 10; Jul 10; 2001 Jun 10; Jul 10',
    'ends',
  ],
  [
    'every other year in January, February and March',
    '1997-03-10',
    'FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3',
    '1997 Mar 10; 1999 Jan 10; Feb 10; Mar 10; 2001 Jan 10; Feb 10; Mar 10; 2003 Jan 10; Feb 10; Mar 10',
    'ends',
  ],
  ['every 20th Monday of the year', '1997-05-19', 'FREQ=YEARLY;BYDAY=20MO', '1997 May 19; 1998 May 18; 1999 May 17'],
  [
    'every Thursday in March',
    '1997-03-13',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
    '1997 Mar 13,20,27; 1998 Mar 5,12,19,26; 1999 Mar 4,11,18,25',
  ],
  [
    'every Thursday, but only in June, July and August',
    '1997-06-05',
    'FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8',
    '1997 Jun 5,12,19,26; Jul 3,10,17,24,31; Aug 7,14,21,28; 1998 Jun 4,11,18,25; Jul 2,9,16,23,30; Aug 6,13,20,27; 1999 Jun 3,10,17,24; Jul 1,8,15,22,29; Aug 5,12,19,26',
  ],
  [
    'every Friday the 13th, with the start, which the example excludes by EXDATE',
    '1997-09-02',
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    '1997 Sep 2; 1998 Feb 13; Mar 13; Nov 13; 1999 Aug 13; 2000 Oct 13',
  ],
  [
    'the first Saturday that follows the first Sunday',
    '1997-09-13',
    'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    '1997 Sep 13; Oct 11; Nov 8; Dec 13; 1998 Jan 10; Feb 7; Mar 7; Apr 11; May 9; Jun 13',
  ],
  [
    "every four years, on the Tuesday after November's first Monday",
    '1996-11-05',
    'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    '1996 Nov 5; 2000 Nov 7; 2004 Nov 2',
  ],
  [
    'the third Tuesday, Wednesday or Thursday',
    '1997-09-04',
    'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
    '1997 Sep 4; Oct 7; Nov 6',
    'ends',
  ],
  [
    'the second-to-last weekday',
    '1997-09-29',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    '1997 Sep 29; Oct 30; Nov 27; Dec 30; 1998 Jan 29; Feb 26; Mar 30',
  ],
  [
    'every other week, by weeks from Monday',
    '1997-08-05',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
    '1997 Aug 5,10,19,24',
    'ends',
  ],
  [
    'every other week, by weeks from Sunday',
    '1997-08-05',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
    '1997 Aug 5,17,19,31',
    'ends',
  ],
  [
    'a date that February has not',
    '2007-01-15',
    'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
    '2007 Jan 15,30; Feb 15; Mar 15,30',
    'ends',
  ],
];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const expand = (dates: string): string[] => {
  let year = '';
  return dates.split('; ').flatMap((group) => {
    const words = group.split(' ');
    if (words.length === 3) year = words.shift() as string;
    const [month = '', list = ''] = words;
    const ranges = list.split(',').map((range) => range.split('-').map(Number));
    const days = ranges.flatMap(([first = 0, last = first]) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    );
    const number = String(months.indexOf(month) + 1).padStart(2, '0');
    return days.map((day) => `${year}-${number}-${String(day).padStart(2, '0')}`);
  });
};

for (const time of ['', 'T09:00']) {
  t.test(`examples, ${time === '' ? 'as days' : 'with their time of day'}`, async (t) => {
    for (const [name, start, rule, dates, end] of examples) {
      // Midnight in UTC is before midnight in New York, so a series of days ends a day earlier.
      const days = rule.replace('19971224T000000Z', '19971223').replace('19971007T000000Z', '19971006');
      const series: Series = { rule: time === '' ? days : rule, shortMonths: 'skip', start: `${start}${time}` };
      const expected = expand(dates).map((day) => `${day}${time}`);
      const found: string[] = [];
      let after = `1990-01-01${time}`;
      while (found.length < expected.length + (end ? 1 : 0)) {
        const next = calendar.nextOccurrence(series, after);
        if (next === undefined) break;
        found.push(next);
        after = next;
      }
      t.strictSame(found, expected, name);
    }
  });
}
