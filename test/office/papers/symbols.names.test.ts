import { expect } from 'chai';
import fc from 'fast-check';
import {
  documentType,
  documentTypeNamed,
  documentTypes,
  fileNameOf,
  slugCharsMax,
  slugOf,
  symbolFor,
} from '../../../src/office/papers/symbols.js';

describe('symbols of papers', () => {
  it('knows the 29 types of Điều 7, two of them without an abbreviation in the symbol', () => {
    expect(documentTypes).to.have.length(29);
    expect(new Set(documentTypes.map(({ abbreviation }) => abbreviation))).to.have.property('size', 29);
    expect(documentTypes.filter(({ symbolled }) => !symbolled).map(({ name }) => name)).to.deep.equal(['Công văn', 'Thư công']);
    expect(documentTypeNamed('QUY ĐỊNH')?.abbreviation).to.equal('QyĐ');
    expect(documentType('QYĐ')).to.equal(undefined);
  });

  it('builds symbols of named types and of official letters', () => {
    expect(symbolFor('KH', 'UBND')).to.equal('KH-UBND');
    expect(symbolFor('CV', 'UBND', 'VX')).to.equal('UBND-VX');
    expect(symbolFor('QĐ', 'BTP', 'VX')).to.equal('QĐ-BTP');
  });

  it('names files without accents, cut between words', () => {
    expect(fileNameOf(8, 'KH-UBND', 'Thực hiện “Năm Dân vận của chính quyền” và phong trào thi đua “Dân vận khéo”')).to.equal(
      '08-KH-UBND-thuc-hien-nam-dan-van-cua-chinh-quyen-va-phong-trao-thi-dua.pdf',
    );
    expect(fileNameOf(150, 'QĐ-UBND', '../../Điều 5: CON.')).to.equal('150-QD-UBND-dieu-5-con.pdf');
    expect(fileNameOf(1, 'KH-UBND', '“”…')).to.equal('01-KH-UBND.pdf');
  });

  it('is safe on every file system, whatever the title', () => {
    fc.assert(
      fc.property(
        fc.nat(99_999),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', maxLength: 400 }),
        (number, symbol, title) => {
          expect(fileNameOf(number, symbol, title))
            .to.match(/^\d{2,}(?:-[A-Za-z0-9]+)*\.pdf$/)
            .and.have.length.below(120);
          expect(slugOf(title).length).to.be.at.most(slugCharsMax);
        },
      ),
    );
  });
});
